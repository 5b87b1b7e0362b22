from django.urls import path

from organization.views import committees, departments, goals, people, phrases, posts, units

app_name = "organization"
urlpatterns = [
    path("", departments.index, name="index"),
    path("departments/new/", departments.create, name="department_new"),
    path("departments/<int:pk>/", departments.detail, name="department"),
    path("departments/<int:pk>/change/", departments.change, name="department_change"),
    path("departments/<int:pk>/close/", departments.close, name="department_close"),
    path("people/", people.listing, name="people"),
    path("people/new/", people.create, name="person_new"),
    path("people/<int:pk>/", people.detail, name="person"),
    path("people/<int:pk>/change/", people.change, name="person_change"),
    path("people/<int:pk>/password/", people.password, name="person_password"),
    path("people/<int:pk>/deactivate/", people.deactivate, name="person_deactivate"),
    path("people/<int:pk>/reactivate/", people.reactivate, name="person_reactivate"),
    path("people/<int:pk>/appoint/", posts.appoint, name="appoint"),
    path("posts/<int:pk>/end/", posts.end, name="post_end"),
    path("committees/", committees.listing, name="committees"),
    path("committees/new/", committees.create, name="committee_new"),
    path("committees/<int:pk>/", committees.detail, name="committee"),
    path("committees/<int:pk>/change/", committees.change, name="committee_change"),
    path("committees/<int:pk>/close/", committees.close, name="committee_close"),
    path("goals/", goals.listing, name="goals"),
    path("goals/new/", goals.add, name="goal_new"),
    path("goals/<int:pk>/change/", goals.change, name="goal_change"),
    path("goals/<int:pk>/retire/", goals.retire, name="goal_retire"),
    path("goals/<int:pk>/take-up/", goals.take_up, name="goal_take_up"),
    path("phrases/", phrases.phrases, name="phrases"),
    path("phrases/<int:pk>/", phrases.change, name="phrase"),
    path("phrases/<int:pk>/drop/", phrases.drop, name="phrase_drop"),
    path("units/", units.listing, name="units"),
    path("units/new/", units.create, name="unit_new"),
    path("units/<int:pk>/change/", units.change, name="unit_change"),
    path("units/<int:pk>/close/", units.close, name="unit_close"),
]
