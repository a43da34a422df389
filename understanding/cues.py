"""What in a question tells what is wanted: phrases of Vietnamese and English by intent, none of any particular subject."""

CUES = {
    "emergency": """
        khó thở; cấp cứu; ngất; ngất xỉu; bất tỉnh; co giật; tức ngực; đau ngực; nguy kịch; sốt cao; tím tái;
        hôn mê; thở không nổi; không thở được; thở gấp; nguy hiểm tính mạng; sắp chết; tự tử; đột quỵ; chảy máu;
        ngừng tim; nằm liệt; gọi 115; số 115; tôi bị sốt; tôi sốt; em bị sốt; con tôi sốt; con tôi bị; con em
        bị; bị sốt; mất vị giác; mất khứu giác; test 2 vạch; hai vạch; 2 vạch; lên 2 vạch; lên hai vạch; tôi
        dương tính; em dương tính; mình dương tính; nhà tôi dương tính; tôi bị dương tính; uống thuốc gì; thuốc
        gì; điều trị thế nào; phải làm sao; phải làm gì; làm gì bây giờ; triệu chứng; can't breathe; cannot
        breathe; cant breathe; trouble breathing; short of breath; shortness of breath; difficulty breathing;
        chest pain; unconscious; emergency; ambulance; fainted; seizure; high fever; i have a fever; tested
        positive; i am positive; im positive; what should i do; symptoms; dying; bleeding; suicide; ho ra máu; nôn ra
        máu; ói ra máu; ra máu nhiều; sốt 39 độ; sốt 40 độ; sốt 41 độ; sốt không hạ; không hạ sốt; độ không hạ; spo2;
        vomiting blood; coughing blood; coughing up blood""",
    "mishap": """
        tai nạn; đuối nước; chết đuối; điện giật; ngộ độc; trúng độc; rắn cắn; chó cắn; chó dại cắn; ong đốt; ong
        chích; uống nhầm; uống thuốc sâu; uống thuốc trừ sâu; uống thuốc diệt cỏ; bị bỏng; hóc xương; hóc dị vật;
        gãy xương; sét đánh; treo cổ; cháy nhà; nhà cháy; lũ cuốn; accident; drowning; drowned; electrocuted;
        electric shock; poisoned; poisoning; snake bite; bitten by; stung; overdose""",
    "rescue": """
        cứu hộ; cứu nạn; cứu với; cứu tôi; cứu em; cứu cháu; cứu chúng tôi; cứu nhà tôi; cứu nhà em; cứu gia đình; cứu
        người; cứu giúp; cứu mạng; cần cứu; xin cứu; mong được cứu; giải cứu; kẹt trên mái; kẹt trong nhà; kẹt trên nóc;
        kẹt trong xe; không thoát ra; không thoát được; ngập tới nóc; ngập đến nóc; ngập tới mái; ngập đến mái; ngập tới
        cổ; ngập đến cổ; rescue; save us; sos; on the roof; we are trapped; i am trapped; we are stuck""",
    "peril": """
        mắc kẹt; bị kẹt; ngập; bị ngập; nước dâng; nước lên; nước vào nhà; bị cô lập; sập nhà; nhà sập; bị vùi; vùi lấp;
        cuốn trôi; sạt lở; tốc mái; trapped; stranded; flooded; flooding; collapsed; swept away""",
    "self": """
        tôi bị; em bị; mình bị; cháu bị; con bị; con tôi bị; nhà tôi bị; nhà em bị; tôi là; em là; mình là; cháu
        là; tôi đang; em đang; i am; im; i have; my mother has; my father has; my child has""",
    "personal": """
        tên bệnh nhân; tên người; họ tên; họ và tên; tên tuổi; tên gì; tên là gì; tên những người; tên các; danh
        tính; những ai; ai bị; ai mắc; ai nhiễm; ai là; ai dương tính; ai chết; là ai; nhà ai; con ai; con nhà
        ai; nhà nào; hộ nào; gia đình nào; người nào; địa chỉ; số điện thoại; số đt; sđt; sdt; quê ở đâu; bao
        nhiêu tuổi; mấy tuổi; sinh năm; lịch trình; lịch sử tiếp xúc; số căn cước; cccd; cmnd; số nhà; danh sách
        người; danh sách bệnh nhân; danh sách những người; danh sách công dân; danh sách hộ; hình ảnh; ảnh bệnh
        nhân; bệnh án; hồ sơ bệnh nhân; danh sách các bệnh nhân; danh sách các hộ; danh sách cụ thể người; thông
        tin bệnh nhân; thông tin người bệnh; bệnh nhân là; who is infected; who is sick; who got; who has; who
        are; who is; whose; address; addresses; phone number; phone numbers; names of; name of; names; patient
        list; list of patients; list of people; identity; identities; medical record""",
    "unsubscribe": """
        hủy đăng ký; huỷ đăng ký; hủy nhận; hủy theo dõi; bỏ theo dõi; thôi theo dõi; ngừng theo dõi; dừng theo
        dõi; ngừng nhận; thôi nhận; dừng nhận; không nhận nữa; không muốn nhận; đừng gửi nữa; đừng gửi; đừng báo
        nữa; ngừng gửi; tắt thông báo; dừng thông báo; ngừng thông báo; hủy thông báo; unsubscribe; unfollow;
        stop sending; stop notifications; stop notifying; stop messages; no more messages""",
    "subscribe": """
        nhận thông báo; nhận tin; nhận bản tin; nhận số liệu; đăng ký nhận; đăng ký theo dõi; đăng ký tin; đăng
        ký thông báo; đăng ký bản tin; muốn theo dõi; theo dõi giúp; báo cho tôi; báo cho em; báo cho mình; báo
        tôi; báo em; nhắn cho tôi; nhắn tôi; nhắn cho em; thông báo cho tôi; thông báo cho em; thông báo cho
        mình; cập nhật cho tôi; nhắc tôi; gửi cho tôi hàng ngày; gửi cho tôi mỗi ngày; gửi tin mỗi ngày; gửi tôi
        mỗi ngày; gửi tôi hàng ngày; subscribe; notify me; alert me; follow; send me daily; send me updates;
        keep me updated; daily updates; notifications""",
    "report_help": """
        gửi báo cáo thì làm thế nào; muốn gửi báo cáo; cách gửi báo cáo; cách báo cáo; cách nộp báo cáo; gửi báo
        cáo thế nào; gửi báo cáo ở đâu; gửi báo cáo như thế nào; gửi báo cáo kiểu gì; gửi báo cáo bằng cách nào;
        nộp báo cáo thế nào; nộp báo cáo ở đâu; nộp báo cáo như thế nào; nộp báo cáo kiểu gì; muốn nộp báo cáo;
        cần gửi báo cáo; cần nộp báo cáo; muốn báo cáo; báo cáo thế nào; báo cáo như thế nào; báo cáo kiểu gì;
        báo cáo ở đâu; báo cáo bằng cách nào; nhập số liệu; gửi số liệu; làm sao để báo cáo; làm sao gửi báo
        cáo; làm sao nộp báo cáo; làm sao để gửi báo cáo; tôi là cán bộ; em là cán bộ; mã kích hoạt; mã mời; sửa
        báo cáo; how to report; how do i report; submit a report; submit report; send a report; submit my
        report; send my report; i am the reporter; activation code; invitation code""",
    "missing": """
        chưa báo cáo; chưa gửi báo cáo; chưa gửi; chưa gửi số liệu; chưa nộp số liệu; chưa nhập số liệu; chưa
        nộp; chưa nộp báo cáo; chưa có báo cáo; chưa có số liệu; chưa cập nhật; không báo cáo; không gửi báo
        cáo; không nộp báo cáo; đã báo cáo; đã gửi báo cáo; đã nộp báo cáo; gửi báo cáo chưa; nộp báo cáo
        chưa; báo cáo chưa; có báo cáo chưa; có số liệu chưa; báo cáo muộn; báo cáo trễ; báo cáo chậm; nộp
        chậm; nộp muộn; gửi muộn; gửi chậm; thiếu báo cáo; còn thiếu; chậm báo cáo; quên báo cáo; đủ báo cáo
        chưa; báo cáo đủ chưa; báo cáo rồi; not reported; hasnt reported; havent reported; didnt report; did
        not report; not report; yet to report; missing report; missing reports; no report; have reported; has
        reported; reported yet; reported late; late reports; not submitted; not sent""",
    "flag": """
        số này sai; số này chưa đúng; số này không đúng; số liệu sai; số liệu chưa đúng; số liệu không đúng;
        số liệu này sai; số liệu này không đúng; số liệu này chưa đúng; sai số liệu; sai rồi; không chính xác;
        chưa chính xác; báo sai; nhầm rồi; bị nhầm; chưa đúng; không đúng; sai số; sai thông tin; bị sai; đính
        chính; sai bét; số ảo; giấu dịch; giấu số; giấu số liệu; giấu bệnh; giấu ca; giấu giếm; không báo cáo
        đúng; báo cáo không đúng; báo cáo chưa đúng; báo cáo sai; báo cáo láo; báo cáo thiếu trung thực; khai
        man; khai gian; bưng bít; hiding cases; hides cases; cover up; covering up; underreporting;
        underreported; wrong number; wrong figure; wrong figures; this is wrong; is wrong; are wrong;
        incorrect; not correct; not right; inaccurate; not accurate; mistake""",
    "complaint": """
        trả lời chậm; trả lời sai; trả lời không đúng; trả lời lung tung; trả lời vớ vẩn; không trả lời; chả trả
        lời; bot ngu; bot dở; bot chán; bot lỗi; bot hỏng; bot vô dụng; vô dụng; hỏi gì cũng không biết; chẳng biết
        gì; chả biết gì; không hiểu gì; chán quá; dở quá; tệ quá; lỗi rồi; useless; stupid; bad bot; not working;
        does not work; doesnt work; you are wrong; you are slow; too slow""",
    "send me": """
        gửi cho tôi; gửi cho em; gửi cho mình; gửi tôi; gửi em; gửi tin; gửi tin cho tôi; gửi tin cho em; gửi số
        liệu cho tôi; gửi số liệu cho em; nhắn tin cho tôi; nhắn cho em; nhắn tin; send me; message me;
        text me; let me know""",
    "regularly": """
        hàng ngày; hằng ngày; mỗi ngày; mỗi sáng; mỗi chiều; mỗi tối; hàng tuần; hằng tuần; mỗi tuần; mỗi khi; khi
        có số mới; khi có ca mới; khi có thay đổi; khi có cập nhật; lúc có; every day; every morning; every
        evening; every week; daily; weekly; whenever; regularly""",
    "follow up": """
        còn; thế; thế còn; vậy; vậy còn; what about; how about; and""",
    "so what": """
        thì sao; thì thế nào; sao; thế nào; thì""",
    "more": """
        more; fewer; less; higher; lower; greater; bigger; smaller; better; worse""",
    "meta": """
        hạn báo cáo; hạn nộp báo cáo; hạn gửi báo cáo; hạn nộp; hết hạn báo cáo; deadline;
        cập nhật lúc; cập nhật khi nào; cập nhật bao giờ; cập nhật mấy giờ; mấy giờ cập nhật; khi nào cập nhật;
        bao giờ cập nhật; bao lâu cập nhật; mấy giờ có số liệu; khi nào có số liệu; bao giờ có số liệu; khi nào
        có; bao giờ có; mấy giờ có; mấy giờ thì có; lúc nào có; công bố lúc; công bố khi nào; mấy giờ công bố;
        khi nào công bố; bao giờ công bố; nguồn số liệu; nguồn ở đâu; nguồn nào; nguồn từ đâu; nguồn tin; lấy ở
        đâu; lấy từ đâu; ở đâu ra; ai công bố; ai cung cấp; cơ quan nào; có chính thức không; chính thức không;
        chính xác không; có đúng không; đúng không đấy; đáng tin không; tin được không; có tin được; tính từ mấy
        giờ; tính đến mấy giờ; đến mấy giờ; từ mấy giờ; chốt số; mấy giờ chốt; chốt lúc; source; sources; where
        does; where do these; where do you get; when updated; last updated; when is it updated; when was this;
        when will; what time; updated when; update time; how often; is this official; official source; how
        accurate; who publishes""",
    "trend": """
        xu hướng; diễn biến; biểu đồ; đồ thị; tăng hay giảm; giảm hay tăng; tăng giảm; tăng không; giảm không;
        có tăng; có giảm; đang tăng; đang giảm; tăng lên; giảm đi; giảm chưa; tăng chưa; biến động; theo ngày;
        theo từng ngày; từng ngày; các ngày; qua các ngày; mỗi ngày; hàng ngày; hằng ngày; trend; trends;
        trending; chart; graph; going up; going down; going up or down; increasing; decreasing; rising; falling;
        over time; day by day; each day; per day; daily; increased; decreased; go up; go
        down; goes up; goes down; rise; fall; drop; increase; decrease""",
    "compare": """
        so với; so sánh; hơn; nhiều hơn; ít hơn; cao hơn; thấp hơn; chênh lệch; đối chiếu; compare; compared;
        comparison; versus; than; more than; fewer than; less than; difference between""",
    "most": """
        nhiều nhất; cao nhất; lớn nhất; đông nhất; đứng đầu; dẫn đầu; tốt nhất; nhanh nhất; xếp hạng; bảng xếp
        hạng; most; highest; top; rank; ranking; largest; biggest; best""",
    "least": """
        ít nhất; thấp nhất; nhỏ nhất; kém nhất; chậm nhất; ít; thấp; kém; chậm; least; fewest; lowest; smallest""",
    "list": """
        danh sách; liệt kê; kể tên; chi tiết các; list""",
    "breakdown": """
        breakdown; broken down; chia theo; phân theo; theo xã; theo đơn vị; theo địa phương; từng đơn vị; mỗi đơn
        vị; từng địa phương; theo từng xã; theo từng đơn vị; by unit; per unit""",
    "each": """
        từng; theo từng; mỗi; các; những; tất cả các; mọi; toàn bộ các; each; every; all; by; per""",
    "which": """
        nào; which; what""",
    "where": """
        ở đâu; chỗ nào; nơi nào; đơn vị nào; địa phương nào; where""",
    "which day": """
        ngày nào; hôm nào; khi nào; bao giờ; which day; when""",
    "whole": """
        toàn; cả; toàn bộ; khắp; toàn thể; trên toàn; trong toàn; whole; entire; all; across""",
    "area": """
        địa bàn; khu vực; vùng; area""",
    "mine": """
        mình; tôi; ta; nhà; em; chúng tôi; chúng ta; chúng mình; nhà mình; nhà tôi; nhà em; quê tôi; quê mình;
        quê em; này; ni; ấy; đó; đấy; nọ; kia; my; our; bọn mình; tui""",
    "overview": """
        tình hình; thế nào; như thế nào; ra sao; sao rồi; tổng quan; tổng hợp; bản tin; báo cáo ngày; có gì mới;
        số liệu; thông tin; ổn không; situation; overview; summary; status; how is; hows; bulletin; update;
        figures""",
    "quantity": """
        bao nhiêu; bao nhiu; mấy; nhiêu; số lượng; tổng số; how many; how much; number of; count; total""",
    "cumulative": """
        lũy kế; luỹ kế; cộng dồn; tổng; cả thảy; tổng số; tổng cộng; từ đầu dịch; từ đầu mùa; từ đầu vụ; từ đầu mùa dịch;
        từ đầu đợt; từ đầu đợt dịch; từ khi có dịch; từ khi bùng dịch; từ trước đến nay; từ trước tới nay; từ
        trước đến giờ; từ trước tới giờ; từ đầu đến nay; từ đầu tới giờ; từ đầu đến giờ; từ đầu; đến nay; tới
        nay; tính đến nay; tính tới nay; cho đến nay; đến giờ; tới giờ; đến hôm nay; tới hôm nay; so far; to
        date; until now; up to now; cumulative; total; in total; altogether; since the beginning; since the
        start; all time; overall""",
    "whole_time": """
        từ đầu dịch; từ đầu mùa; từ đầu vụ; từ đầu mùa dịch; từ đầu đợt; từ đầu đợt dịch; từ khi có dịch; từ khi
        bùng dịch; từ trước đến nay; từ trước tới nay; từ trước đến giờ; từ trước tới giờ; từ đầu đến nay; từ
        đầu tới giờ; từ đầu đến giờ; đến nay; tới nay; đến giờ; tới giờ; đến hôm nay; tới hôm nay; lũy kế; cộng
        dồn; so far; to date; until now; up to now; cumulative; since the beginning; since the start; all time""",
    "summed": """
        lũy kế; luỹ kế; cộng dồn; từ đầu dịch; từ đầu mùa; từ đầu vụ; từ đầu đợt; từ khi có dịch; từ khi bùng dịch; từ đầu;
        từ trước đến nay; từ trước tới nay; từ trước đến giờ; từ trước tới giờ; cumulative; since the beginning; since the start;
        all time""",
    "institution": """
        trạm y tế; trạm xá; trung tâm y tế; bệnh viện; ủy ban; uỷ ban; ubnd; công an; health station; health centre; clinic;
        hospital; people's committee""",
    "reached": """
        số điện thoại; số đt; sđt; sdt; số mấy; địa chỉ; liên hệ; liên lạc; phone number; phone; address""",
    "leaving": """
        ra khỏi; đi khỏi; rời khỏi; thoát khỏi; tránh khỏi""",
    "new": """
        mới; thêm; phát sinh; vừa; tăng thêm; ghi nhận thêm; new; newly; additional; fresh""",
    "standing": """
        đang; hiện; hiện đang; còn; hiện còn; hiện nay; hiện tại; đang còn; currently; current; now; still;
        right now; active""",
    "exclusion": """
        trừ; ngoại trừ; loại trừ; loại; loại ra; bỏ; bỏ qua; bỏ ra; ngoài; ngoài ra; nhầm; except; excepting; excluding;
        exclude; excludes; excluded; without; besides; minus; but; other than; apart from; aside from; rather than;
        instead of""",
    "negation": """
        không; chưa; chẳng; đừng; not; dont; isnt; arent; wasnt; werent; hasnt; havent; didnt; doesnt; never; neither; nor;
        cannot""",
    "relative": """
        bên cạnh; cạnh; ngay cạnh; kế bên; kế cận; sát; lân cận; giáp; giáp ranh; giáp với; tiếp giáp; xung quanh; quanh; liền
        kề; gần; khác; còn lại; chữ; có chữ; next to; near; nearby; neighbouring; neighboring; around; other; others; bordering;
        adjacent""",
    "about": """
        bạn là ai; mày là ai; cậu là ai; ad là ai; admin là ai; đây là ai; đây là kênh gì; kênh gì đây; kênh gì
        vậy; bạn là gì; bạn tên gì; bạn tên là gì; tên bạn là gì; tên của bạn; mày tên gì; bot tên gì; bot tên là
        gì; ai làm ra; ai tạo ra; ai lập ra; ai sáng lập; ai viết ra; ai đứng sau; là người hay máy; người hay máy;
        người hay bot; người thật không; bạn là bot; bạn là robot; bạn là máy; giới thiệu bản thân; giới thiệu về
        bạn; nói chuyện với ai; ai đang trả lời; who are you; what are you; who made; who created; who built; who
        runs; who owns; who operates; who is behind; what is this; whats this; are you a; are you human; are you
        real; your name; introduce yourself""",
    "ourselves": """
        bot; bot này; con bot; con bot này; chatbot; kênh; kênh này; hệ thống; hệ thống này; trang này; page này;
        nhóm này; tài khoản này; bạn; this bot; the bot; this channel; this system""",
    "whose": """
        của ai; do ai; là ai; là gì; là cái gì; của cơ quan nào; của đơn vị nào; của nơi nào; của bên nào; cơ quan
        nào quản lý; đơn vị nào quản lý; bên nào quản lý; thuộc cơ quan nào; thuộc đơn vị nào; ai làm; ai tạo; ai
        lập; ai quản lý; ai điều hành; ai vận hành; who is; who""",
    "contact": """
        đường dây nóng; hotline;
        ai báo cáo; ai gửi báo cáo; ai nộp báo cáo; ai làm báo cáo; ai nhập; ai gửi số liệu; ai là người báo cáo;
        ai là người gửi; người báo cáo; người gửi báo cáo; người nhập; cán bộ báo cáo; cán bộ nào báo cáo; cán bộ
        phụ trách; cán bộ nào phụ trách; cán bộ tổng hợp; ai phụ trách; ai chịu trách nhiệm; ai tổng hợp; người
        phụ trách; người chịu trách nhiệm; người tổng hợp; liên hệ ai; liên hệ với ai; liên hệ đâu; liên hệ ở đâu;
        đầu mối; who reports; who reported; who submits; who submitted; who sends; the reporter; reporter; who is
        responsible; who is in charge; in charge of; person in charge; contact person; who do i contact; who can i
        contact; whom do i contact; who to contact; how do i contact""",
    "greet": """
        xin chào; chào; chào bạn; chào ad; chào bot; chào admin; alo; hello; hi; hey; good morning; good
        afternoon; good evening; kính chào; hế lô; helo; a lô""",
    "thanks": """
        cảm ơn; cám ơn; thanks; thank you; tạm biệt; bye; goodbye; xin cảm ơn""",
    "help": """
        dùng thế nào; sử dụng thế nào; dùng như thế nào; sử dụng như thế nào; dùng sao; dùng làm sao; dùng kiểu
        gì; cách dùng; cách sử dụng; cách hỏi; hướng dẫn; trợ giúp; giúp tôi; giúp với; giúp đỡ; hỏi thế nào;
        hỏi như thế nào; hỏi gì; hỏi được gì; hỏi những gì; làm được gì; làm được những gì; biết gì; bot này;
        bot là gì; bạn là ai; help; how to use; how does this; how do i use; what can you; what can i; menu; có
        những số liệu gì; có những chỉ tiêu nào; những chỉ tiêu nào; tra cứu thế nào; tra cứu như thế nào; kênh
        này là gì; kênh này""",
    "not ours": """
        giãn cách xã hội; bao nhiêu ngày; mấy ngày nữa; bao lâu; how long; how many days; giá; giá cả; thời tiết; nhiệt độ; xổ số;
        lịch; đăng ký; thủ tục; giờ làm việc; tuyển dụng; price; prices; weather; cost; schedule; appointment;
        register; opening hours""",
}
