"""The words that names and addresses are made of: none is a person's name.

Names are unique because each stands for one number: two characters of a brand, sometimes a third, and a trade. So no
third character may be the first character of a trade, and no first character may begin a place.
"""

from __future__ import annotations

FIRST = "恒鑫瑞嘉德诚永优佳瀚创鸿鼎腾博源科凯捷睿晟晨旭朗辉誉聚远智慧众合联正利民富裕鹏翔佰千百双三五星月春秋晶银翠绿蓝锦华美福禄祥和蕴臻"
SECOND = "达盛隆泰通顺发旺昌茂兴业力峰越升阳光明亮海江川山林森木禾田园丰登润泽恩惠仁义礼廉洁雅韵致诺信守拓展迈进步宇宙航帆舟桥岳岭轩苑庭纳"
THIRD = "尔斯特克乐佳多宝来福禧缘元成邦威强立伟宜怡悦欣恬静安宁康益佑吉庆喜满圆好优良善真纯正直方圣贤能勤俭朴实在居麟迪奥莱维曼蒂诺欧凡丽"
FOURTH = "丰盛兴隆泰昌顺发旺茂达通利贞吉祥瑞庆福安宁康平和合同心协力共进荣华光明辉煌灿烂星辰日月山河湖海云霞松柏竹梅兰菊桂荷莲芙润泽恒达昶"

TRADES = (
    "科技 机械 食品 化工 纺织 服饰 电子 电气 建材 建设 建筑工程 装饰工程 市政工程 园林绿化 环保科技 新材料 新能源 生物科技 "
    "医疗器械 医药 物流 运输 货运代理 供应链管理 商贸 贸易 国际贸易 百货 电子商务 网络科技 信息技术 软件 数据服务 智能装备 "
    "精密机械 模具 五金制品 塑料制品 橡胶制品 包装材料 印刷 纸业 家具 木业 玻璃 陶瓷 水泥 混凝土 钢结构 金属制品 铸造 阀门 泵业 "
    "电缆 照明 光伏 汽车销售 汽车零部件 船舶 物业管理 人力资源 企业管理 文化传媒 餐饮管理"
).split()
SHOPS = (
    "小吃店 餐馆 面馆 快餐店 饭店 火锅店 烧烤店 早餐店 奶茶店 烘焙店 水果店 蔬菜店 副食品店 超市 便利店 百货店 商行 经营部 服装店 鞋店 "
    "童装店 美发店 美容店 理发店 浴室 洗衣店 干洗店 五金店 建材店 灯具店 家具店 窗帘店 装饰材料店 电动车店 汽修店 洗车店 轮胎店 "
    "手机店 通讯店 电脑店 打印店 文具店 书店 花店 礼品店 眼镜店 药店 诊所 宠物店 茶叶店 烟酒店 棋牌室 网吧 台球室 健身馆 旅馆 民宿 "
    "农资店 种子店 渔具店 水产店 粮油店 服务部 加工厂"
).split()
FORMS = ("有限公司", "有限责任公司", "股份有限公司", "集团有限公司", "厂", "合伙企业（有限合伙）")
FORM_WEIGHTS = (80, 6, 5, 3, 4, 2)
PLACED_FORMS = ("有限公司", "股份有限公司")
ROADS = (
    "人民路 中山路 解放路 建设路 新华路 文化路 和平路 胜利路 长江路 黄河路 淮河路 太湖大道 运河路 滨河路 环城路 迎宾大道 工业路 "
    "科创路 创业路 振兴路 幸福路 光明路 友谊路 团结路 东风路 向阳路 青年路 健康路 学府路 站前路"
).split()
ROOMS = (
    "",
    "",
    "",
    "1幢101室",
    "2幢305室",
    "3号楼1206室",
    "A座808室",
    "B栋2层",
    "东侧厂房",
    "商铺12号",
    "5栋西门面",
    "标准厂房7号",
)

SUFFIXES: dict[str, tuple[str, ...]] = {
    "93": ("水稻种植专业合作社", "果蔬种植专业合作社", "水产养殖专业合作社", "农机服务专业合作社", "家禽养殖专业合作社"),
    "51": ("商会", "志愿者协会", "书画协会", "老年体育协会", "行业协会"),
    "52": ("幼儿园", "职业培训学校", "养老服务中心", "社会工作服务中心", "康复医院"),
    "53": ("公益基金会", "教育基金会", "慈善基金会"),
    "12": ("小学", "初级中学", "卫生院", "文化站", "水利站", "农业技术推广站"),
    "11": ("市场监督管理分局", "税务分局", "司法所", "自然资源所"),
    "31": ("律师事务所",),
    "N2": ("村股份经济合作社", "村经济合作社"),
    "N1": ("村第一组股份经济合作社", "村第二组经济合作社"),
    "N3": ("片区股份经济联合总社", "片区经济联合社"),
}
"""How organisations other than enterprises and shops end, by the first two characters of their USCC."""

JOINTS = {"93": "镇", "12": "街道", "11": "街道", "N2": "镇", "N1": "镇", "N3": "镇"}
"""What stands between the two halves of their name; a township, mostly."""

STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
PEOPLE = tuple(f"{mark}{stem}{branch}" for mark in ("测试", "样例", "虚构") for stem in STEMS for branch in BRANCHES)
"""Persons of the sample: words for "test", "sample" and "invented" and two signs of the calendar, nobody's name."""
