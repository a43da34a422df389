"""Labels of parts are shown with their whole wherever they stand alone; by the form's words, not by what it is about."""

from reporting.texts import in_language
from reporting.xlsforms.reading import read_form
from tests.rules.test_lines import FORM

HARVEST = """
| survey | type | name | label::Tiếng Việt (vi) | label::English (en) | kind | aliases |
|---|---|---|---|---|---|---|
| | integer | sown | Diện tích gieo cấy (ha) | Area sown (ha) | flow | Gieo cấy; đã cấy |
| | integer | early | Trong đó: trà sớm | of which: early | flow | |
| | integer | late | Trong số đó trà muộn | of which late | flow | |
| | begin group | dry | Đất cạn | Dry land | | |
| | integer | dry_area | Diện tích | Area | stock | |
| | end group | | | | | |
| | begin group | wet | Đất nước | Wet land | | |
| | integer | wet_area | Diện tích | Area | stock | |
| | end group | | | | | |
| settings | form_title | form_id | default_language |
|---|---|---|---|
| | Thu hoạch | harvest | Tiếng Việt (vi) |
"""


def test_a_part_is_named_with_the_figure_before_it() -> None:
    said = {q.name: in_language(q.alone, "vi") for q in FORM.questions if q.whole}
    assert said == {
        "f0_new_community": "F0 mới – trong đó: ca ghi nhận tại cộng đồng",
        "f0_home": "Đang điều trị – trong đó: đang điều trị, theo dõi tại nhà",
        "tests_positive_new": "Mẫu XN – trong đó: dương tính",
    }
    english = FORM.by_name["f0_new_community"]
    assert in_language(english.alone, "en") == "New confirmed cases – of which found in the community"


def test_another_form_goes_by_the_same_rule_and_its_groups_tell_equal_labels_apart() -> None:
    form = read_form(HARVEST.encode(), "harvest.md", gate=False)
    assert [(in_language(q.alone, "vi"), in_language(q.alone, "en")) for q in form.questions] == [
        ("Diện tích gieo cấy (ha)", "Area sown (ha)"),
        ("Gieo cấy – trong đó: trà sớm", "Area sown – of which: early"),
        ("Gieo cấy – trong số đó trà muộn", "Area sown – of which late"),
        ("Đất cạn – diện tích", "Dry land – area"),
        ("Đất nước – diện tích", "Wet land – area"),
    ]
    assert in_language(form.by_name["early"].label, "vi") == "Trong đó: trà sớm"
