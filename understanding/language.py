"""General words of Vietnamese and English: chat's short forms, kinds of places, and words that mean nothing by themselves."""

from understanding.folding import tokens_of

SHORT = {
    "hnay": "hôm nay", "hnai": "hôm nay", "hqua": "hôm qua", "hwa": "hôm qua", "hq": "hôm qua", "bn": "bao nhiêu",
    "bnh": "bao nhiêu", "bnhiu": "bao nhiêu", "bnhieu": "bao nhiêu", "nhiu": "nhiêu", "bhn": "bao nhiêu", "bnhiêu": "bao nhiêu",
    "ko": "không", "k": "không", "kh": "không", "kg": "không", "khg": "không", "hk": "không", "hok": "không", "hông": "không",
    "hong": "không", "hem": "không", "khum": "không", "r": "rồi", "rùi": "rồi", "rui": "rồi", "z": "vậy", "v": "vậy", "zậy": "vậy",
    "vại": "vậy", "ng": "người", "ngta": "người ta", "mn": "mọi người", "mng": "mọi người", "dc": "được", "đc": "được", "đk": "được",
    "dk": "được", "đx": "được", "e": "em", "a": "anh", "c": "chị", "mik": "mình", "mk": "mình", "cx": "cũng", "cg": "cũng",
    "ntn": "như thế nào", "tnao": "thế nào", "ngừi": "người", "ngươi": "người", "ngừ": "người", "dtri": "điều trị", "đtri": "điều trị",
    "đtrị": "điều trị", "ns": "nói", "bt": "biết", "lun": "luôn", "lm": "làm", "j": "gì",
    "zì": "gì", "wa": "qua", "trc": "trước", "tr": "trước", "vs": "so với", "tg": "thời gian", "tgian": "thời gian", "sl": "số lượng",
    "tc": "tổng cộng", "bc": "báo cáo", "cl": "cách ly", "hôg": "không", "đag": "đang", "dag": "đang", "thag": "tháng",
    "t2": "thứ hai", "t3": "thứ ba", "t4": "thứ tư", "t5": "thứ năm", "t6": "thứ sáu",
    "t7": "thứ bảy", "cn": "chủ nhật", "t8": "tháng 8", "t9": "tháng 9", "t10": "tháng 10", "t11": "tháng 11", "t12": "tháng 12",
    "fải": "phải", "fai": "phải", "bjo": "bây giờ", "bjờ": "bây giờ", "bgio": "bây giờ", "pls": "please", "plz": "please",
    "thx": "thanks", "tks": "thanks", "u": "you", "2day": "today", "tmr": "tomorrow", "yday": "yesterday", "wk": "week",
}  # fmt: skip
"""What chat writes for a word or two. A word alone keeps its own letters as a second reading («a» is also «Bình Hưng Hòa A»)."""

KINDS = {
    "xã": "xã; x; xa; commune; communes",
    "phường": "phường; p; ward; wards",
    "thị trấn": "thị trấn; tt; ttr; tht; t.t; thitran; town; towns; township; townlet",
    "đặc khu": "đặc khu",
    "huyện": "huyện; h; district; districts; county",
    "quận": "quận; q; district; districts; urban district",
    "thị xã": "thị xã; tx; town; towns",
    "thành phố": "thành phố; tp; t.p; city; cities",
    "tỉnh": "tỉnh; province; provinces",
}
"""Kinds of administrative units, with abbreviations and English; a tree's other kinds are said in its own words."""

LEVELS = {
    "tỉnh": 1,
    "thành phố": 2,
    "huyện": 2,
    "quận": 2,
    "thị xã": 2,
    "xã": 3,
    "phường": 3,
    "thị trấn": 3,
    "đặc khu": 3,
}
"""How high a kind stands; a city may also be a province."""

AFTER_NAME = tokens_of("commune ward town township district county city province")
"""Kinds that English puts behind the name."""

ANY_UNIT = "đơn vị; địa phương; nơi; chỗ; bên; unit; units; place; places; area; areas; locality; localities"
"""Words for units of no particular kind."""

COUNTRY = (
    "cả nước; toàn quốc; việt nam; nước ta; nước mình; thế giới; vietnam; viet nam; nationwide; worldwide; the country"
)

PROVINCES = """
An Giang; Bà Rịa - Vũng Tàu; Bà Rịa; Vũng Tàu; Bắc Giang; Bắc Kạn; Bạc Liêu; Bắc Ninh; Bến Tre; Bình Định; Bình Dương;
Bình Phước; Bình Thuận; Cà Mau; Cần Thơ; Cao Bằng; Đà Nẵng; Đắk Lắk; Đắk Nông; Điện Biên; Đồng Nai; Đồng Tháp; Gia
Lai; Hà Giang; Hà Nam; Hà Nội; Hà Tĩnh; Hải Dương; Hải Phòng; Hậu Giang; Hòa Bình; Huế; Thừa Thiên Huế; Hưng Yên;
Khánh Hòa; Kiên Giang; Kon Tum; Lai Châu; Lâm Đồng; Lạng Sơn; Lào Cai; Long An; Nam Định; Nghệ An; Ninh Bình; Ninh
Thuận; Phú Thọ; Phú Yên; Quảng Bình; Quảng Nam; Quảng Ngãi; Quảng Ninh; Quảng Trị; Sóc Trăng; Sơn La; Tây Ninh; Thái
Bình; Thái Nguyên; Thanh Hóa; Tiền Giang; Trà Vinh; Tuyên Quang; Vĩnh Long; Vĩnh Phúc; Yên Bái; Sài Gòn; Hồ Chí Minh;
TPHCM; HCM; Nha Trang; Đà Lạt; Trung Quốc; Campuchia; Hoa Kỳ; Thái Lan
"""

NARROWER = """
thôn; xóm; làng; tổ dân phố; khu phố; tiểu khu; ấp; khóm; buôn; đường; ngõ; hẻm; phố; trường; trường học; chợ; công
ty; nhà máy; xí nghiệp; khu công nghiệp; bệnh viện; trạm y tế; chùa; nhà thờ; hộ; khu cách ly; tổ; đội; village;
hamlet; street; school; market; hospital; company; factory
"""
"""Places smaller than a unit, or other than one; a figure of the unit would not be theirs."""

NARROWING = """
trẻ em; trẻ con; trẻ nhỏ; trẻ sơ sinh; em bé; học sinh; sinh viên; giáo viên; công nhân; cán bộ y tế; nhân viên y tế;
bác sĩ; người già; người cao tuổi; cụ già; phụ nữ; bà bầu; thai phụ; đàn ông; nam giới; nữ giới; dưới 12 tuổi; dưới 18
tuổi; trên 60 tuổi; tuổi; nước ngoài; nặng; rất nặng; nguy kịch; thở máy; biến chủng; biến thể; giới tính; children;
kids; students; teachers; workers; elderly; women; men; severe; critical; serious; aged; age; years old; foreigners;
variant; pregnant
"""
"""Words that ask for a part of a figure only."""

TITLES = """
ông; bà; anh; chị; cô; chú; bác; cậu; dì; thầy; cụ; thím; mợ; em; cháu; bé; thằng; con; mr; mrs; ms; miss; madam
"""
"""Words before a person's name."""

SURNAMES = """
Nguyễn; Trần; Lê; Phạm; Hoàng; Huỳnh; Phan; Vũ; Võ; Đặng; Bùi; Đỗ; Hồ; Ngô; Dương; Lý; Đinh; Trịnh; Đoàn; Lương; Mai;
Đào; Trương; Hà; Cao; Tạ; Lưu; Chu; Châu; Phùng; Quách; Tống; Vương; Thái; Kiều; Nghiêm; Lại; Doãn
"""

GIVEN_NAMES = """
Nam; Minh; Tuấn; Mai; Thu; Tư; Ba; Hai; Bảy; Tám; Sáu; Năm; Quang; Thắng; Văn; Trà; Thanh; Toàn; Tính; Nhật; Hiền; Chung;
Tín; Chinh; Lên; Bảo; An; Anh; Thân; Hà; Lâm; Vui; Chín; Mười
"""
"""Given names that are everyday words too."""

SOMEBODY = """
hàng xóm; chủ tịch; phó chủ tịch; bí thư; phó bí thư; trưởng thôn; trưởng xóm; trưởng phòng; giám đốc; hiệu trưởng; cô
giáo; thầy giáo; bạn tôi; bạn em; bạn mình; bạn cháu; ông này; bà này; anh này; chị này; cô này; người này; ông ấy; bà
ấy; anh ấy; chị ấy; cô ấy; anh ta; cô ta; ông ta; bà ta; ông kia; bà kia; người yêu; đồng nghiệp; người quen; my
neighbour; my neighbor; my friend; my colleague; the chairman; the mayor; the director
"""
"""Words for one person who is not named."""

RATE = """
tỷ lệ; tỉ lệ; dân số; phần trăm; phần trăm dân; tỷ lệ dân; tỉ lệ dân; bình quân; trung bình;
trên 100.000 dân; trên một trăm nghìn dân; rate; percent; percentage;
per capita; average; proportion; share of
"""

GENERAL = """
người dân; nhân dân; dân cư; bệnh nhân; cái; chiếc; lấy; gia đình; sinh sống; trân trọng; tóm tắt; hỏi thăm; kính gửi; kính thưa;
thưa; quý; đồng chí; ban quản trị; quản trị; cơ quan; chính quyền; không biết; chẳng biết; không rõ; không hiểu; không thấy;
không nhớ; không thể; không sao; chứ; nhau; cộng; chưa biết; chưa rõ; chưa thấy; chưa hiểu; chưa xem;
chính xác; ủa; đề nghị; kính đề nghị; mong; nghe bảo; nghe nói; nghe đồn; nghe tin; đội ơn; tạ ơn; ơn; căng; căng thẳng;
phức tạp; sốt ruột; hoang mang; lo lắng; yên tâm; an tâm; ổn; ổn định; mừng; mừng quá; vui; may quá; khiếp; ghê; ghê quá; sợ quá;
làm bài; bài tập; hỗ trợ; chia sẻ; nắm được; nắm bắt; hình như; dường như; có lẽ; chắc; chắc là; thực tế; thực sự; thật sự;
gấp; sớm; rốt cuộc; cuối cùng; tóm lại; nói chung; nhìn chung; đại khái; tầm; xấp xỉ; hàng xóm tôi; quan tâm;
tổng kết; công khai; trực tiếp; trời đất; chết thật; cứ; hẳn; rằng; bèn; tức là; nghĩa là; tưởng;
exactly; just wondering; wondering; wonder; worried; afraid; actually; really; again; curious; quick; question; cho; hỏi;
 cho tôi; cho em; cho anh; cho chị; cho mình; cho bác; cho cháu; cho
con; cho hỏi; xin hỏi; cho biết; bà con; ở đây; xin; vui lòng; làm ơn; giúp; với; ạ; à; ơi; nhé; nha; nhỉ; hả; hở; hử;
vậy; thế; thì; là; mà; và; hay; hoặc; của; ở; tại; trong; ngoài; xã hội; trên; dưới; về; từ; đến;
tới; vào; ra; lên; xuống; qua; lại; có; không; chưa; đã; đang; sẽ; vừa; mới; rồi; còn; nữa; hết; cũng; vẫn; đều; chỉ;
được; bị; do; bởi; vì; nên; nếu; khi; lúc; mấy; bao nhiêu; bao nhiu; nhiêu; nào; gì; sao; đâu; thế nào; như thế nào;
ra sao; làm sao; như nào; kiểu gì; này; kia; đó; đấy; ấy; nọ; tôi; tui; tớ; mình; em; anh; chị; cô; chú; bác; ông; bà;
cháu; con; ta; chúng tôi; chúng ta; chúng mình; mọi người; các bạn; bạn; bà con; người; người ta; ad; admin; bot;
shop; page; ai; biết; muốn; cần; xem; coi; tra; tra cứu; kiểm tra; tìm; tìm hiểu; nghe; nói; báo; thông tin; thông
báo; tin; tức; tin tức; số; số liệu; số lượng; con số; dữ liệu; chỉ tiêu; tổng; tổng số; tổng cộng; tất cả; toàn bộ;
toàn; cả; chung; riêng; tính; ghi nhận; phát hiện; phát sinh; xuất hiện; công bố; cập nhật; báo cáo; thống kê; hiện;
hiện nay; hiện tại; bây giờ; giờ; giờ này; lúc này; ngay; ngày; tuần; tháng; năm; quý; hôm; bữa; buổi; sáng; trưa;
chiều; tối; đêm; mỗi; từng; các; những; mọi; một; vài; nhiều; ít; hơn; nhất; thêm; tăng; giảm; cao; thấp; lớn; nhỏ;
đông; khoảng; hoạt động; diễn ra; dịch; dịch bệnh; tình hình; diễn biến; tiến độ; đạt; đợt; kỳ; lần; thứ; nhà; quê;
vùng; khu vực; địa bàn; thuộc; ca; trường hợp; việc; vụ; phải; đúng; sai; thật; luôn; lắm; quá; thôi; đi; đây; đi ạ;
dạ; vâng; ừ; ờ; ok; oke; haha; hihi; huhu; trời; trời ơi; ôi; chào; xin chào; cảm ơn; cám ơn; theo; như; so; giữa;
cùng; cụ thể; chi tiết; chính thức; mới nhất; gần nhất; gần đây; vừa qua; đầu; cuối; tham khảo; gửi; nhận; đưa; cung
cấp; trả lời; nhờ; chút; tí; tý; xíu; lắng; lo; sợ; hóng; hiu; hen; hén; nghen; á; ha; ta; dùm; giùm; hộ tôi; giúp
tôi; giúp em; the; a; an; of; in; at; on; for; to; from; is; are; was; were; be; been; there; here; any; some; how;
many; much; what; which; where; when; who; do; does; did; has; have; had; can; could; would; will; you; me; i; my;
our; we; us; it; its; this; that; these; those; please; tell; show; give; know; want; need; about; and; or; not; no;
yes; so; up; now; right; still; current; currently; number; numbers; figure; figures; count; total; data; info;
information; report; reported; recorded; today; situation; status; update; latest; recent; new; more; most; than;
with; by; as; per; get; got; going; people; persons; person; case; hi; hello; hey; thanks; thank; ok; okay; s; t; re;
im; whats; overall; their; his; her; them; they; he; she; being; would; should; if; very; also; just; only; far; then;
while; because; ever; take; took; taken; takes; collect; collected; make; made; see; ask; like; live; lives; living;
grateful; so far; out; all; not sure; do not know; dont know; did not see; cannot see; cant see; followed; dear; kindly; sir; madam;
all; lets; let; cũ; trước đây; trước kia; sáp nhập; former; formerly; old
"""
"""Words that do not change what is asked; next to a unit or an indicator they are no sign of something unknown."""

COMMON_WORDS = """
nửa; nữa; chờ; chợ; hồ; hộ; đông; đồng; thanh; thắng; tháng; lâm; làm; năm; nam; bắc; tây; trung; sơn; tân; tư; ba;
bà; kép; vôi; với; me; mẹ; mẻ; hiếu; hiểu; thuận; trang; trạng; tăng; gôi; gọi; gối; chũ; chú; chủ; chứ; lim; đu; đủ;
bo; bỏ; bó; bưởi; buổi; phùng; phúng; vương; vướng; quê; quế; cồn; còn; con
"""
"""Everyday syllables: a unit named so by one word is taken for named only with its kind or with its marks."""

ORDINARY_NAMES = """
hợp lý; hòa bình; thành công; thống nhất; đoàn kết; tự do; độc lập; nông trường; hợp tác; tiến bộ; tiến thắng; quyết
thắng; quyết tiến; dân chủ; cộng hòa; hạnh phúc; đồng tâm; hợp nhất; tân tiến; tiên tiến; văn hóa; kim; an toàn; trung
tâm; trung thành; chiến thắng; hồng hà; phú quý; vĩnh viễn; thanh niên; phong phú; đại thắng; chợ mới; thị trấn; an
bình; bình minh; bình an; bình yên; ngọc; thái bình; nhân dân; cộng đồng; đông đúc
"""
"""Names that are everyday words too: without kind, capitals or a word of place before them they are asked back."""

CORE = tokens_of(
    """
    nao minh ta nha toi em tui to nay ni kia co khong chua hom bua hien dang da nhieu it thi la bi o trong tren cua tu
    den toi ngay tuan thang con duoc cung van se vua moi them ghi tong so luy nhat tang giam thay voi va hay hoac gi
    sao the nhu ra dau muon tinh ve tai vay a oi nhe nha nhi ha ho hoi cho xin biet ai may bao roi nua het lam voi ad
    bot moi nguoi ban co chi anh chu bac ong ba chau con cac nhung moi tat toan chung ca ay nguon cap nhat hinh tinh dich
    bao cao lieu luc gio sang chieu toi qua lai luon thoi di day vang oke ok sao chao cam on giup dum gium the a an of
    in at on for to from is are was were be there any how many much what which where when who do does did has have had
    can you me i my our we it this that these those please tell show give know want need about and or not no so up now
    right current currently number numbers figure figures count total report reported recorded today situation status
    update latest new more most than with by as per get got people hi hello hey thanks ok okay s whats
    """
)
"""Function words: they end a name behind its kind, and two of them side by side are no sign of an unknown name."""

NAMELIKE = tokens_of(
    """
    an anh bac ba bao cao chi cho chu co da di ha hai hinh ki lam len luc mai nam nhi o quang thang than thay thu to
    tra tu tuan van xin
    """
)
"""Words of CORE that names begin or end with too («Ba Vì», «Đông Anh»), where no marks tell them apart."""
