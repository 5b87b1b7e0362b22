from requests.models import Comment, KeptMessage, SavedFilter
from tests.factories import line
from tests.factories.requests import MONDAY, saved_matter


@line(Comment, change=("text", "材料收到了", "材料已看过"))
def comment(cast, n):
    return Comment(
        matter=saved_matter(cast, n), author=cast.clerk, department_name="检修部", written_at=MONDAY
    )


@line(KeptMessage, change=("text", "周三到货", "周四到货"), refuses=("update", "delete"))
def kept_message(cast, n):
    return KeptMessage(
        matter=saved_matter(cast, n), channel="wecom", said_by="物资部 林佳", said_at=MONDAY, kept_by=cast.clerk, kept_at=MONDAY,
    )  # fmt: skip


@line(SavedFilter, change=("name", "逾期", "我部门逾期"))
def saved_filter(cast, n):
    return SavedFilter(
        page="matters", query=f"tab=all&q={n}", owner=(cast.clerk, cast.officer, cast.chair)[n]
    )
