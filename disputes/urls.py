from django.urls import path

from disputes.views import read, write

app_name = "disputes"
urlpatterns = [
    path("", read.list_page, name="list"),
    path("new/", write.new, name="new"),
    path("panel/<int:matter_pk>/", read.panel, name="panel"),
    path("<int:pk>/", read.detail, name="detail"),
    path("<int:pk>/talk/", write.talk, name="talk"),
    path("<int:pk>/points/<int:point>/<int:department>/", write.position, name="position"),
    path("<int:pk>/settle/", write.settle, name="settle"),
    path("<int:pk>/sign/", write.sign, name="sign"),
    path("<int:pk>/to-ruling/", write.to_ruling, name="to_ruling"),
    path("<int:pk>/rule/", write.rule, name="rule"),
    path("<int:pk>/withdraw/", write.withdraw, name="withdraw"),
    path("<int:pk>/end-stay/", write.end_stay, name="end_stay"),
]
