"""Traditional Chinese signs as simplified ones, for comparing headings and words.

What staff in Taiwan or Hong Kong write is the same word: 車牌號碼 is 车牌号码. Only signs that stand in our headings
and words are listed; nothing that is kept or shown is changed.
"""

_TRADITIONAL = (
    "丟佔來係個備價優儲兒內冊別創劃動務勵區協參員問單嚴圍團執報場獎學實審專對導層屬崗師帳帶幾庫廠廢廳"
    "強彔後徑從復愛應戰戶掛採換據擬攜敗數時曆會條業構樂標機檔檢權歡歲歷歸決況測準溝滿潛潤為無熱營爭爲"
    "狀獲獻現產畢異當發盤確碼稅種稱積穩競節範簡簽約級細紹終組結絕絡統經綜維網緊線編縣總織繫續聯聲職聽"
    "脩臺與興舊舖處號衆術補裝裡製複見規親觀觸訂計訊託記訪訴註評詢試話詳認誤說説調請論諮諾講證識議護讀"
    "變負貢貨責買貸費資賠賣質賬購贈蹤車較輔輛轉辦農迴週進遊運過達適選還郵鄉醫釋銀銷鋪錄錢錯録錶鍵鐘鑰"
    "長門閉開間閱闆關陞陳隊階際險離電響項預領頭題額顏顔願類顧顯養餘饋駕駛驗體點齡匯繳納遲廣腦輪燈壓濾連陽"
    "態擾傳遞獨樣斷鎖榮陸盡寫沒氣灣濟啟帥殘淺鏈贊禮鎮讓薦"
)
_SIMPLIFIED = (
    "丢占来系个备价优储儿内册别创划动务励区协参员问单严围团执报场奖学实审专对导层属岗师帐带几库厂废厅"
    "强录后径从复爱应战户挂采换据拟携败数时历会条业构乐标机档检权欢岁历归决况测准沟满潜润为无热营争为"
    "状获献现产毕异当发盘确码税种称积稳竞节范简签约级细绍终组结绝络统经综维网紧线编县总织系续联声职听"
    "修台与兴旧铺处号众术补装里制复见规亲观触订计讯托记访诉注评询试话详认误说说调请论咨诺讲证识议护读"
    "变负贡货责买贷费资赔卖质账购赠踪车较辅辆转办农回周进游运过达适选还邮乡医释银销铺录钱错录表键钟钥"
    "长门闭开间阅板关升陈队阶际险离电响项预领头题额颜颜愿类顾显养余馈驾驶验体点龄汇缴纳迟广脑轮灯压滤连阳"
    "态扰传递独样断锁荣陆尽写没气湾济启帅残浅链赞礼镇让荐"
)
_SIGNS = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """The text with simplified signs in place of traditional ones, sign by sign."""
    return text if text.isascii() else text.translate(_SIGNS)
