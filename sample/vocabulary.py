"""Names, models and words the two sample stores write, in Chinese and English side by side.

Nobody in these tables exists; every mobile starts with 12, a range that is not given out.
"""

from __future__ import annotations

from typing import NamedTuple


class Model(NamedTuple):
    """One car a store sells; the price in yuan, the VIN's first eight places, new energy or not."""

    series: str
    model: str
    series_en: str
    model_en: str
    price: int
    vin_head: str
    new_energy: bool = False


MODELS = (
    Model(
        "CS75PLUS", "CS75PLUS 1.5T 自动豪华型", "CS75 Plus", "CS75 Plus 1.5T AT Luxury", 128900, "LS4ASE2E"
    ),
    Model(
        "CS75PLUS", "CS75PLUS 2.0T 自动尊贵型", "CS75 Plus", "CS75 Plus 2.0T AT Premium", 151900, "LS4ASE2F"
    ),
    Model("CS55PLUS", "CS55PLUS 1.5T 自动精英型", "CS55 Plus", "CS55 Plus 1.5T AT Elite", 103900, "LS4ASL2E"),
    Model("CS35PLUS", "CS35PLUS 1.4T 自动炫酷型", "CS35 Plus", "CS35 Plus 1.4T AT", 89900, "LS4AAB3D"),
    Model("逸动", "逸动PLUS 1.6L 自动旗舰型", "Eado", "Eado Plus 1.6L AT", 88900, "LS5A3DBE"),
    Model("逸动", "逸动 1.4T 自动运动版", "Eado", "Eado 1.4T AT Sport", 96900, "LS5A3DDE"),
    Model("UNI-V", "UNI-V 1.5T 智慧领航版", "UNI-V", "UNI-V 1.5T Pilot", 121900, "LS5A2DKE"),
    Model("UNI-T", "UNI-T 1.5T 尊贵型", "UNI-T", "UNI-T 1.5T Premium", 130900, "LS4ASB3E"),
    Model("UNI-K", "UNI-K 2.0T 四驱旗舰型", "UNI-K", "UNI-K 2.0T AWD", 179900, "LS4ASM2F"),
    Model("深蓝S7", "深蓝S7 增程121Max", "Deepal S7", "Deepal S7 EREV 121Max", 159900, "LS6C3E2R", True),
    Model("深蓝SL03", "深蓝SL03 纯电515", "Deepal SL03", "Deepal SL03 EV 515", 169900, "LS6C3D2E", True),
)
MODEL_WEIGHTS = (18, 8, 14, 9, 13, 6, 10, 8, 5, 6, 3)

_SURNAMES_TYPED = """
    王:Wang 李:Li 张:Zhang 刘:Liu 陈:Chen 杨:Yang 赵:Zhao 黄:Huang 周:Zhou 吴:Wu 徐:Xu 孙:Sun 胡:Hu 朱:Zhu
    高:Gao 林:Lin 何:He 郭:Guo 马:Ma 罗:Luo 梁:Liang 宋:Song 郑:Zheng 谢:Xie 韩:Han 唐:Tang 冯:Feng 于:Yu
    董:Dong 萧:Xiao 程:Cheng 曹:Cao 袁:Yuan 邓:Deng 许:Xu 傅:Fu 沈:Shen 曾:Zeng 彭:Peng 吕:Lyu 苏:Su 卢:Lu
    蒋:Jiang 蔡:Cai 贾:Jia 丁:Ding 魏:Wei 薛:Xue 叶:Ye 阎:Yan 余:Yu 潘:Pan 杜:Du 戴:Dai 夏:Xia 钟:Zhong
    汪:Wang 田:Tian 任:Ren 姜:Jiang 范:Fan 方:Fang 石:Shi 姚:Yao 谭:Tan 廖:Liao 邹:Zou 熊:Xiong 金:Jin
    陆:Lu 郝:Hao 孔:Kong 白:Bai 崔:Cui 康:Kang 毛:Mao 邱:Qiu 秦:Qin 江:Jiang 史:Shi 顾:Gu 侯:Hou 邵:Shao
    欧阳:Ouyang 上官:Shangguan 诸葛:Zhuge
"""
_MALE_GIVEN_TYPED = """
    伟:Wei 强:Qiang 磊:Lei 军:Jun 勇:Yong 杰:Jie 涛:Tao 超:Chao 明:Ming 刚:Gang 平:Ping 辉:Hui 鹏:Peng
    华:Hua 飞:Fei 鑫:Xin 波:Bo 斌:Bin 宇:Yu 浩:Hao 凯:Kai 健:Jian 俊:Jun 帆:Fan 帅:Shuai 旭:Xu 宁:Ning
    龙:Long 林:Lin 志强:Zhiqiang 建国:Jianguo 建华:Jianhua 国栋:Guodong 海涛:Haitao 文博:Wenbo 子轩:Zixuan
    浩然:Haoran 宇航:Yuhang 晓东:Xiaodong 永刚:Yonggang 家豪:Jiahao 俊杰:Junjie 天宇:Tianyu 德明:Deming
    振华:Zhenhua 立新:Lixin 春生:Chunsheng 思远:Siyuan 嘉伟:Jiawei 世杰:Shijie 卫东:Weidong 学文:Xuewen
    启航:Qihang
"""
_FEMALE_GIVEN_TYPED = """
    芳:Fang 娜:Na 敏:Min 静:Jing 丽:Li 艳:Yan 娟:Juan 霞:Xia 燕:Yan 玲:Ling 丹:Dan 萍:Ping 红:Hong 玉:Yu
    婷:Ting 雪:Xue 慧:Hui 洁:Jie 莉:Li 颖:Ying 倩:Qian 蕾:Lei 琳:Lin 梅:Mei 秀英:Xiuying 桂兰:Guilan
    丽华:Lihua 晓燕:Xiaoyan 雨欣:Yuxin 梓涵:Zihan 思琪:Siqi 佳怡:Jiayi 淑珍:Shuzhen 海燕:Haiyan
    婉婷:Wanting 雅琴:Yaqin 欣怡:Xinyi 美玲:Meiling 晓雯:Xiaowen 春梅:Chunmei 诗涵:Shihan 凤英:Fengying
    月红:Yuehong 若曦:Ruoxi
"""
SURNAMES = tuple(_SURNAMES_TYPED.split())
MALE_GIVEN = tuple(_MALE_GIVEN_TYPED.split())
FEMALE_GIVEN = tuple(_FEMALE_GIVEN_TYPED.split())
FOREIGN_NAMES = (
    "James Cooper", "Sarah Miller", "Daniel Hughes", "Emma Larsson", "Marco Bianchi", "Claire Dubois",
    "Thomas Becker", "Olivia Grant", "Kenji Tanaka", "Min-jun Park", "Rajesh Iyer", "Anna Kowalska",
)  # fmt: skip
COMPANY_STEMS = (
    ("华欣", "Huaxin"), ("宏达", "Hongda"), ("顺捷", "Shunjie"), ("联创", "Lianchuang"), ("恒泰", "Hengtai"),
    ("锦程", "Jincheng"), ("东辰", "Dongchen"), ("百川", "Baichuan"), ("瑞丰", "Ruifeng"),
    ("中远航", "Zhongyuanhang"),
    ("天润", "Tianrun"), ("蓝海", "Lanhai"), ("同舟", "Tongzhou"), ("启明", "Qiming"), ("嘉禾", "Jiahe"),
)  # fmt: skip
COMPANY_TRADES = (
    ("物流有限公司", "Logistics Co., Ltd."), ("贸易有限公司", "Trading Co., Ltd."),
    ("建筑工程有限公司", "Construction Co., Ltd."), ("汽车租赁有限公司", "Car Rental Co., Ltd."),
    ("机电设备有限公司", "Machinery Co., Ltd."), ("信息技术有限公司", "Information Technology Co., Ltd."),
)  # fmt: skip
STREETS = (
    ("人民路", "Renmin Road"), ("中山西路", "West Zhongshan Road"), ("建设路", "Jianshe Road"),
    ("迎宾大道", "Yingbin Avenue"), ("文化路", "Wenhua Road"), ("长江路", "Changjiang Road"),
    ("新华街", "Xinhua Street"), ("解放南路", "South Jiefang Road"), ("滨河路", "Binhe Road"),
    ("科技一路", "Keji First Road"), ("花园街", "Huayuan Street"), ("工农路", "Gongnong Road"),
)  # fmt: skip
COLOURS = (
    ("星河白", "White"),
    ("曜石黑", "Black"),
    ("星云灰", "Grey"),
    ("烈焰红", "Red"),
    ("海湾蓝", "Blue"),
    ("流光银", "Silver"),
)
INSURERS = (
    ("人保财险", "PICC"),
    ("平安保险", "Ping An"),
    ("太平洋保险", "CPIC"),
    ("国寿财险", "China Life P&C"),
    ("阳光保险", "Sunshine"),
)

OCCUPATIONS = (
    ("公务员", "Civil servant", 8), ("教师", "Teacher", 9), ("医生", "Doctor", 6), ("工程师", "Engineer", 12),
    ("企业职员", "Employee", 24), ("司机", "Driver", 7), ("工人", "Worker", 12), ("农民", "Farmer", 5),
    ("个体经营", "Self-employed", 17),
)  # fmt: skip

JOBS = {  # (work done in Chinese, in English, labour yuan, parts yuan)
    "首保": (("更换机油机滤,全车检查", "Oil and filter, vehicle check", 0, 268),),
    "定期保养": (
        ("更换机油机滤", "Oil and filter", 100, 288),
        ("更换机油三滤", "Oil, oil filter, air filter", 150, 462),
        ("机油机滤+空调滤", "Oil, oil filter, cabin filter", 150, 405),
        ("大保养:三滤+火花塞+刹车油", "Major service: filters, plugs, brake fluid", 420, 1180),
        ("机油机滤+变速箱油", "Oil service and gearbox oil", 360, 1060),
    ),
    "一般维修": (
        ("更换前刹车片", "Front brake pads", 180, 420),
        ("更换蓄电池", "Battery", 60, 520),
        ("更换轮胎两条", "Two tyres", 120, 980),
        ("空调不凉,检漏加氟", "Air-conditioning leak, recharge", 260, 180),
        ("底盘异响,更换平衡杆胶套", "Chassis noise, stabiliser bushes", 320, 260),
        ("四轮定位", "Wheel alignment", 280, 0),
    ),
    "事故车": (
        ("前保险杠更换喷漆", "Front bumper, paint", 900, 1650),
        ("右后门钣金喷漆", "Right rear door, body and paint", 1100, 0),
        ("左前大灯翼子板更换", "Left headlamp and wing", 1200, 3860),
    ),
    "索赔": (
        ("更换车机模块(三包)", "Head unit replaced under warranty", 0, 1450),
        ("更换天窗电机(三包)", "Sunroof motor under warranty", 0, 860),
    ),
    "返修": (("刹车异响复查", "Brake noise checked again", 0, 0), ("漆面返工", "Paint done again", 0, 0)),
}

FEEDBACK = (
    ("车况良好,无异议", "Car is fine, no questions"),
    ("对服务表示满意", "Happy with the service"),
    ("近期出差,回来再约", "Travelling, will book when back"),
    ("里程还没到,月底再来", "Mileage not reached, coming at month end"),
    ("建议增加休息区插座", "Would like more sockets in the lounge"),
    ("希望周末多留预约工位", "Wants more weekend slots"),
    ("油耗比预期略高", "Fuel use a little higher than hoped"),
    ("等待时间偏长", "Waited rather long"),
    ("已推荐同事看车", "Told a colleague about us"),
    ("", ""), ("", ""), ("", ""),
)  # fmt: skip
NO_VISIT_REASONS = (
    ("在住家附近修理厂保养", "Serviced at a workshop near home"), ("车辆很少开", "Car is hardly driven"),
    ("价格偏高", "Price too high"), ("搬到外地", "Moved away"), ("已换它牌车", "Bought another brand"),
    ("没时间", "No time"),
)  # fmt: skip
COMPLAINTS = {
    "质量": (
        ("变速箱低速顿挫", "Gearbox jerks at low speed"),
        ("车机黑屏,已处理两次仍出现", "Head unit goes black, twice repaired"),
        ("行驶中方向盘抖动", "Steering wheel shakes while driving"),
    ),
    "服务": (
        ("保养等待超过3小时", "Waited over 3 hours for a service"),
        ("接待员态度冷淡", "Receptionist was cold"),
        ("洗车后车内有水渍", "Water marks inside after the wash"),
    ),
    "销售": (
        ("赠送脚垫一直未兑现", "Promised floor mats never came"),
        ("上牌费用与承诺不符", "Registration fee not as promised"),
    ),
    "价格": (
        ("配件价格高于报价", "Parts dearer than quoted"),
        ("工时费没有提前告知", "Labour charge was not announced"),
    ),
}
SOLUTIONS = (
    ("致歉并赠送基础保养一次", "Apology and one free basic service"),
    ("升级软件后试车确认", "Software updated, confirmed on a test drive"),
    ("更换总成,三包处理", "Assembly replaced under warranty"),
    ("退还差价并说明收费标准", "Difference refunded, prices explained"),
)
COMPETITORS = (
    ("哈弗H6", "Haval H6"),
    ("博越L", "Boyue L"),
    ("宋PLUS", "Song Plus"),
    ("星越L", "Monjaro"),
    ("卡罗拉", "Corolla"),
    ("轩逸", "Sylphy"),
)
LOST_REASONS = ("价格", "车型", "交期", "竞品", "资金", "无需求")

RULE_WORDS = {  # code: what staff write in the call log
    "DLV-D0": ("交车当天", "Delivery day"),
    "DLV-2H": ("交车后2小时", "2-hour care call"),
    "DLV-3D": ("3天回访", "3-day call"),
    "DLV-7D-SA": ("7天(销售)", "7-day call by sales"),
    "DLV-7D-CS": ("7天(客服)", "7-day survey call"),
    "DLV-2W-MGR": ("2周经理感谢", "Manager thanks"),
    "DLV-15-30": ("15-30天", "15-30-day contact"),
    "FS-CALL": ("首保回访", "First-service call"),
    "MNT-CALL": ("保养提醒", "Maintenance reminder"),
    "MNT-NOSHOW": ("未到站原因", "Why not come"),
    "BOOK-CFM": ("预约确认", "Booking confirmation"),
    "SVC-3D": ("维修后3天", "Post-repair call"),
    "CMP-USE": ("使用异议", "Usage question call-back"),
    "INS-1M": ("续保提醒", "Insurance renewal"),
    "INSP-1M": ("年检提醒", "Annual inspection"),
    "BDAY-7": ("生日", "Birthday"),
    "BDAY-0": ("生日", "Birthday"),
    "TRADE-IN": ("置换邀约", "Replacement invitation"),
    "LAPSE-WARN": ("流失预警", "Lapse warning"),
    "LAPSE-PSEUDO": ("假性流失", "Pseudo-lapse"),
    "LAPSE-TRUE": ("真性流失调研", "True-lapse survey"),
    "LOST-VISIT": ("流失客户上门回访", "LOST-VISIT"),
    "NEXT": ("约定回访", "Agreed call-back"),
    "PRO": ("潜客跟进", "Prospect follow-up"),
    "KA": ("大客户", "Key account"),
}

_ENGLISH = {
    # customers and cars
    "个人": "Person", "单位": "Company", "男": "M", "女": "F", "市区": "City", "县城": "County town",
    "乡镇": "Rural",
    "是": "Yes", "否": "No", "自销": "Own sale", "本牌它销": "Same brand elsewhere", "它牌": "Other brand",
    "私家车": "Private", "公务车": "Official", "营运车": "Commercial", "全款": "Cash", "贷款": "Loan",
    "在用": "In use", "转让": "Transferred", "报废": "Scrapped", "它牌置换": "Replaced by other brand",
    "展厅": "Showroom", "互联网": "Internet", "车展": "Motor show", "转介绍": "Referral",
    "呼叫中心": "Call centre",
    # workshop
    "首保": "First service", "定期保养": "Maintenance", "一般维修": "Repair", "事故车": "Accident",
    "返修": "Rework",
    "索赔": "Warranty claim", "自费": "Customer", "首保免费": "Free first service", "保修索赔": "Warranty",
    "保险": "Insurance", "活动赠送": "Gift", "内部": "Internal",
    "客户主动": "Customer", "提醒后预约": "After reminder", "员工代约": "Staff",
    "已到店": "Arrived", "未到店": "No-show", "改期": "Rescheduled", "取消": "Cancelled", "网络": "Online",
    "保养": "Maintenance", "维修": "Repair",
    # calls
    "电话": "Phone", "微信": "WeChat", "短信": "SMS", "上门": "Visit", "到店": "Showroom",
    "接通": "Connected", "未接": "No answer", "关机": "Switched off", "空号": "Invalid number",
    "拒访": "Refused",
    "改约": "Call back", "已发送": "Sent",
    "非常满意": "Very satisfied", "满意": "Satisfied", "一般": "Neutral", "不满意": "Dissatisfied",
    "使用异议": "Usage", "质量异议": "Quality",
    # complaints
    "质量": "Quality", "服务": "Service", "销售": "Sales", "价格": "Price", "来电": "Phone",
    "来店": "Showroom",
    "厂商": "Manufacturer", "回访发现": "Found during a call", "重大": "Major",
    "待处理": "New", "处理中": "In progress", "已解决": "Resolved", "已关闭": "Closed", "升级": "Escalated",
    # prospects, renewals, staff
    "在跟": "Open", "订车": "Ordered", "退订": "Order cancelled", "交车": "Delivered", "战败": "Lost",
    "车型": "Model", "交期": "Delivery time", "竞品": "Competitor", "资金": "Money", "无需求": "No need",
    "年检": "Inspection", "本店续保": "Renewed here", "外部续保": "Renewed elsewhere", "未续": "Not renewed",
    "已年检": "Inspected", "待定": "Pending", "在职": "Active", "离职": "Left",
    "SM": "SM", "SA": "SA", "CS": "CS", "SV": "SV", "FD": "FD", "KAM": "KAM",
}  # fmt: skip


def english(word: str) -> str:
    """The English an English-speaking store writes for a Chinese word; a word without one stays as it is."""
    return _ENGLISH.get(word, word)
