"""What to raise in a contact, by rule code (DOM 3.1-3.5, in short)."""

from __future__ import annotations

from collections.abc import Mapping

from xl_retention.domain.cadence import MONTH_REPEAT, MONTH_SERIES

# fmt: off
POINTS: dict[str, tuple[str, str]] = {
    # what to raise, by rule code (DOM 3.1-3.5, in short)
    "DLV-D0":       ("Home safely? Papers filed, contact plan on the yellow card.", "是否平安到家；资料归档，黄卡填写联系计划。"),
    "DLV-2H":       ("Home safely? Offer help.", "问候是否平安到家，主动提供帮助。"),
    "DLV-3D":       ("Satisfied? Anything unclear (air-con, audio)? Running-in: 2,000 km, at most 100 km/h. Survey call comes within 7 days. Ask for referrals.",
                     "是否满意，空调音响等有无疑问；磨合期2000公里、不超过100公里/小时；预告7天内客服回访；请求转介绍。"),
    "DLV-3D-AS":    ("How does the car run? Show care.", "了解用车情况，表示关怀。"),
    "DLV-7D-SA":    ("Thanks. Mileage so far, first service, plate registered? Film, accessories. Do family and friends like it?",
                     "致谢；目前里程、首保提醒、是否上牌、贴膜加装；亲友评价，请求转介绍。"),
    "DLV-7D-CS":    ("Ask permission (about 5 minutes, recorded). Sales experience point by point, suggestions. Quality objection: after-sales calls within 2 hours.",
                     "征得同意（约5分钟，告知录音）；逐项询问购车满意度与建议；质量异议2小时内由售后联系。"),
    "DLV-2W-MGR":   ("Personal thanks of the manager.", "经理亲自致谢。"),
    "DLV-15-30":    ("How is the car? Quick help, extra tips, invitation, ask for leads.", "用车情况；快速解决问题；使用小贴士；活动邀请；请求转介绍。"),
    "DLV-PHOTO":    ("Send thanks and the delivery photo.", "寄送感谢信与交车照片。"),
    MONTH_SERIES:   ("How is the car, upkeep, next service, leads.", "用车与保养情况，下次保养，请求转介绍。"),
    MONTH_REPEAT:   ("How is the car, replacement offer.", "用车情况，置换方案。"),
    "FS-CALL":      ("Mileage now, limit of the free service, offer a booking, ask for referrals.", "目前里程；首保时限；邀请预约（绿色通道）；请求转介绍。"),
    "MNT-CALL":     ("Remind, offer a booking, note the promised date.", "提醒保养，邀请预约，记录承诺到店日期。"),
    "MNT-NOSHOW":   ("Ask why; if it is our fault, win back.", "询问未到站原因；属我方原因的积极挽回。"),
    "BOOK-CFM":     ("Confirm time; parts and bay ready.", "确认时间，配件与工位备妥。"),
    "SVC-3D":       ("Fault really cured? Satisfied? Next service date, suggestions.", "故障是否排除，是否满意；下次保养时间；建议。"),
    "CMP-2H":       ("Call with a solution within 2 hours; get the location; send contact data.", "2小时内带方案联系；确认地点；短信发送联系人。"),
    "CMP-24H":      ("Decide and offer a solution within 24 hours.", "24小时内给出处理方案。"),
    "CMP-FU24":     ("Satisfied with the solution? Update the complaint.", "处理后是否满意，更新投诉状态。"),
    "CMP-PROG":     ("Report progress or result before the promised time.", "在承诺时间前告知进展或结果。"),
    "CMP-USE":      ("Arrange a second explanation; apologise for the unclear hand-over.", "安排再次讲解，并为交车讲解不清致歉。"),
    "INS-1M":       ("Quote, renew here.", "报价，邀请本店续保。"),
    "INSP-1M":      ("Remind, offer help with the inspection.", "提醒年检，提供协助。"),
    "BDAY-7":       ("Personal wishes.", "个性化祝福。"),
    "BDAY-0":       ("Wishes; small gift with card.", "生日祝福，小礼品与贺卡。"),
    "TRADE-IN":     ("Replacement offer for this model; bought elsewhere already? Note model and reason.", "按旧车型准备置换方案；如已他处置换，记录车型与原因。"),
    "LAPSE-WARN":   ("What keeps the customer away? Invite.", "了解未回厂障碍，邀请到店。"),
    "LAPSE-PSEUDO": ("Free check, packages, tours: win back.", "免费检测、套餐、自驾活动，挽回客户。"),
    "LAPSE-TRUE":   ("Ask the reason; offer home visit, free check, labour discount.", "调研流失原因；上门、免费检测、工时优惠。"),
    "LOST-VISIT":   ("Visit; show what we can do, events.", "上门拜访，展示能力与活动。"),
    "KA-WEEK":      ("Weekly call.", "每周电话问候。"),
    "KA-MONTH":     ("Monthly greeting.", "每月短信问候。"),
    "KA-QTR":       ("Quarterly visit: needs, service improvement.", "每季登门，了解需求与改进。"),
    "PRO-H":        ("Progress, quotation, delivery plan; manager involved.", "进展、报价、交车计划，经理参与。"),
    "PRO-A":        ("Progress, test drive, negotiation.", "进展、试乘试驾、商谈。"),
    "PRO-B":        ("Needs, comparison.", "需求与对比。"),
    "PRO-C":        ("Keep warm.", "保持联系。"),
    "PRO-N":        ("Nurture.", "培育。"),
    "HANDOVER":     ("Introduce yourself: who serves him from now on, how to reach you.", "自我介绍：今后由谁服务、如何联系。"),
    "REF-THANKS":   ("Thank for the referral; tell what became of it.", "感谢转介绍，告知结果。"),
    "NEXT":         ("As agreed in the last call.", "按上次约定联系。"),
    "FS-AUTO":      ("First service is near: by date or km, whichever comes first; how to book.", "首保将到期（时间或里程先到为准），告知预约方式。"),
    "MNT-AUTO-3M":  ("Care greeting; maintenance comes up in three months.", "关怀问候；三个月后应保养。"),
    "HOL":          ("Short greeting, no product.", "简短节日问候，不推销。"),
    "ANNIV":        ("Thanks; invitation to the anniversary.", "致谢；周年庆邀请。"),
    "MAIL-MONTH":   ("Card of the month, by hand if possible.", "当月贺卡，尽量手写。"),
    "SEAS-SPR":     ("Air-con cleaning before summer; how to book.", "夏季前空调清洁养护，告知预约方式。"),
    "SEAS-WIN":     ("Paint care before winter; how to book.", "冬季前漆面养护，告知预约方式。"),
    "QTR-INV":      ("Owners' class, tour, service offer or new model of the quarter.", "本季车主课堂、自驾、服务优惠或新车型邀请。"),
    "NEWCAR":       ("Invitation: what, when, where, how many guests; ask for a reply.", "活动邀请：内容、时间、地点、可携带人数；请回复。"),
    "PROMO":        ("The offer, from when until when, how to book.", "优惠内容、起止时间、预约方式。"),
    "POLICY":       ("The notice itself, no offer.", "仅告知政策内容，不推销。"),
}
# fmt: on


def points_text(code: str, language: str) -> str:
    """What to raise in a contact of this rule; months of the series share theirs."""
    found: Mapping[str, tuple[str, str]] = POINTS
    key = code if code in found else MONTH_SERIES if code.startswith(MONTH_SERIES) else ""
    return found[key][language == "zh"] if key else ""
