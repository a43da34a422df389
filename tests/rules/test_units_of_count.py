"""Units of count that officials write: which are ratios, that do not add up, and which are counts."""

import pytest

from reporting.questions.units_of_count import is_percent, is_ratio

COUNTS = (
    "", "ca", "người", "mẫu", "ha", "tấn", "m³", "kWh", "km", "triệu đồng", "lượt người", "hộ", "liều", "cases",
    "people", "tonnes", "ca/ngày", "ca / tuần", "m³/ngày đêm", "m3/ngày", "ca/24 giờ", "ca/24h", "cases/days",
    "cases/day", "tấn/vụ", "người/đợt", "lượt/tháng", "liều/buổi", "khách/năm", "visits/2 weeks", "kWh/tháng",
    "tấn/năm/vụ", "học sinh/năm học", "sản phẩm/quý", "trâu/bò", "trâu, bò", "nhà/hộ", "hộ/nhà", "gà/vịt/ngan",
    "lợn/heo", "xã/phường/thị trấn", "thôn/bản", "cow/buffalo", "ca mỗi ngày", "cases per day", "cases per 24 hours",
    "m³ mỗi ngày đêm", "doses per week", "ca (trong ngày)", "người trên 60 tuổi", "trẻ trên 10 tuổi", "lợn trên 100 kg",
    "hộ trên 100 triệu đồng", "hộ trên một triệu đồng", "hộ trên địa bàn", "tàu trên 15 m", "hộ trung bình",
    "ca mức trung bình", "ca trung bình", "học sinh trung bình", "lao động bình quân", "ca mức độ trung bình",
    "hộ thu nhập trung bình", "hộ có mức sống trung bình", "ca nhẹ/trung bình", "doanh nghiệp trên 100 lao động",
    "hộ trên 10 người", "nhà trên 10 tầng", "trại trên 100 con", "hộ trên 100 m²", "cán bộ/công chức",
    "cán bộ/công chức/viên chức", "ca nặng/nguy kịch", "ca nặng/ca nguy kịch", "nặng/nguy kịch", "hộ nghèo/cận nghèo",
    "người chết/mất tích", "đơn khiếu nại/tố cáo", "học sinh khá/trung bình", "severe/critical cases", "tấn/vụ xuân",
    "tấn/vụ đông xuân", "tấn/quý IV", "triệu đồng/năm 2021", "ca nặng/nguy kịch/ngày", "trâu/bò/tháng",
    "hộ trên 1 ha", "hộ trên một hecta", "trang trại trên 1 ha", "đám cháy rừng trên 1 ha", "trẻ trên 1 tuổi", "lợn trên 1 tạ",
    "lượt trên 1 ngày", "trẻ trên một tháng tuổi", "ca bệnh trên người", "sâu bệnh trên cây lúa", "cuộc gọi trên tổng đài",
    "người trên xe", "vụ vi phạm nồng độ cồn", "ca moi", "tre tren 1 tuoi", "trâu\\bò", "households of one hectare",
    "near-poor households", "tàu trên 1 mã lực", "tàu trên 100 mã lực", "tàu trên 1 CV", "doanh nghiệp trên 1 tỷ",
    "doanh nghiệp trên 100 tỉ", "dự án trên 1 triệu USD", "hồ chứa trên 1 triệu m³", "hồ chứa trên 10 triệu m3",
    "bè trên 1 ha", "lồng bè trên 1 ha", "người trên hộ khẩu", "hồ sơ trên một cửa", "hồ sơ trên một cửa điện tử",
    "tau tren 1 ma luc", "hộ trên một tỷ", "doanh nghiệp trên 10 tỉ đồng",
    "dự án trên 1 tỷ đồng", "speed cameras", "coverage area", "incidence reports", "speed boats",
)  # fmt: skip
RATIOS = (
    "%", "％", "% dân số", "‰", "°C", "℃", "° C", "độ", "độ C", "độ pH", "pH", "km/h", "km/giờ", "m/s", "ppm", "tuổi",
    "phần trăm", "Phần trăm", "điểm phần trăm", "phần nghìn", "percent", "per cent", "percentage points", "per mille",
    "degrees Celsius", "tấn/ha", "tấn / ha", "tạ/sào", "kg/người", "người/km²", "học sinh/lớp", "giường/10.000 dân",
    "ca/100.000 dân", "ca/1 000 trẻ", "triệu đồng/người/năm", "m³/ha/năm", "mg/l", "µg/m³", "người/hộ", "con/hộ",
    "chết/mắc", "ca/xã", "ca trên 100.000 dân", "trên 1.000 trẻ đẻ sống", "ca trên 100 000 dân", "bác sĩ trên vạn dân",
    "ca trên một triệu dân", "người trên km²", "tấn mỗi ha", "kg mỗi người", "học sinh trên mỗi lớp",
    "cases per 100,000 people", "per 1,000 live births", "deaths out of 100", "tonnes per hectare", "GDP per capita",
    "tấn (bình quân)", "trung bình ngày", "tỷ lệ", "tỉ suất", "average", "điểm trên 10", "bed occupancy rate",
    "trung bình", "Bình quân", "bình quân đầu người", "kg (trung bình)", "tấn, bình quân", "triệu đồng bình quân",
    "điểm trung bình", "thu nhập bình quân", "m³ bình quân", "giá bán bình quân", "1.000 đồng bình quân",
    "tuổi trung bình", "nhiệt độ không khí trung bình", "khách bình quân/tháng", "ca trung bình 7 ngày",
    "kg gạo bình quân đầu người", "lượt khám trung bình mỗi trạm", "average score", "cases (average)",
    "thuê bao trên 100 dân", "bé trai trên 100 bé gái", "ca trên 100 trẻ", "ca trên 100 trẻ đẻ sống",
    "ca trên 10 vạn dân", "ca trên 1.000 lao động", "đồng/ngày công", "tấn/ha/vụ xuân", "ca nặng/ca", "hộ nghèo/hộ",
    "người chết/ca mắc", "ca nặng/nguy kịch trên 100.000 dân", "cán bộ/xã", "nam/nữ",
    "tấn trên 1 ha", "tấn trên một ha", "tạ trên 1 sào", "người trên 1 km²", "người/km2", "người trên km2", "lượt/xe",
    "lượt trên 1 xe", "lượt trên một xe", "con trên 1 hộ", "ca trên 1 xã", "kg trên hộ", "triệu đồng trên 1 ha", "điểm trên 1",
    "kg·ha⁻¹", "tấn ha⁻¹", "m s⁻¹", "tấn⁄ha", "người ∕ km²", "lượt ÷ xe", "tấn\\ha", "tấn／ha", "phần mười nghìn", "phan tram",
    "phan nghin", "Ty le", "binh quan dau nguoi", "tan (binh quan)", "ca tren 100.000 dan", "nguoi tren 1 km2", "per-capita",
    "hộ nghèo trên tổng số hộ", "ca tính cho 1.000 trẻ", "năng suất (tạ)", "độ che phủ rừng", "nồng độ bụi", "tỷ trọng",
    "deaths in every 100", "tấn (BQ)", "‰ dân số", "avg score", "giường bệnh/vạn dân", "thuê bao/100 dân", "‱",
    "speed", "Coverage", "coverage (first dose)", "coverage of the first dose", "concentration of dust", "incidence among children",
    "speed (knots)", "tấn trên 1 mã lực", "ca trên 1 triệu dân", "con trên 1 m³", "lượt trên một cửa hàng",
    "người trên hộ", "kg trên 1 triệu m³", "ca trên 1 tỷ dân", "ca trên một tỉ dân", "ca trên 10 tỷ dân", "ca trên tỷ dân",
)  # fmt: skip


@pytest.mark.parametrize("unit", COUNTS)
def test_what_is_counted_by_itself_or_by_a_time_is_a_count(unit: str) -> None:
    assert not is_ratio(unit)


@pytest.mark.parametrize("unit", RATIOS)
def test_what_says_of_or_for_each_is_a_ratio(unit: str) -> None:
    assert is_ratio(unit)


@pytest.mark.parametrize(
    ("unit", "is_so"),
    [
        ("%", True),
        ("% dân số", True),
        ("phần trăm", True),
        ("per cent", True),
        ("‰", False),
        ("tấn/ha", False),
        ("ca", False),
    ],
)
def test_per_cent_is_said_by_the_sign_or_in_words(unit: str, is_so: bool) -> None:
    assert is_percent(unit) is is_so


def test_how_it_is_spelt_does_not_matter() -> None:
    assert is_ratio("phâ\u0300n tra\u0306m")
    assert is_ratio(" Tấn  /HA ")
    assert not is_ratio("M³/ NGÀY ĐÊM")
