"""Made-up work reports of any number, from templates: every text is a function of its seed.

    python tests/tools/synthetic.py FOLDER [--documents 300] [--paragraphs 30]

The sentences are our own and mean nothing; the figures of `Facts` stand in every report and are what tests ask for.
"""

import argparse
import dataclasses
import pathlib
import random

FIELDS = ["现代农业", "装备制造", "港口物流", "数字服务", "文旅消费", "新型材料", "城乡水网", "县域商贸", "绿色建筑", "职业教育", "社区养老", "基层医疗",
          "轨道交通", "河湖治理", "园区改造", "科创平台", "跨境贸易", "冷链仓储", "林果加工", "海洋渔业", "能源储备", "乡村道路", "旧城更新", "应急保障"]  # fmt: skip
WAYS = ["稳步", "加快", "持续", "统筹", "分类", "有序", "全面", "着力", "扎实", "系统", "协同", "精准"]
VERBS = ["推进", "改善", "整合", "提升", "拓宽", "优化", "夯实", "规范", "培育", "激活", "完善", "盘活"]
OBJECTS = ["发展格局", "服务链条", "要素供给", "运行机制", "空间布局", "管理标准", "人才梯队", "基础设施", "资金投放", "市场秩序", "品牌体系", "安全底线",
           "营商环境", "创新能力", "生态功能", "公共服务"]  # fmt: skip
ENDS = ["群众办事更加便捷", "企业负担明显减轻", "整体面貌焕然一新", "各方反响普遍良好", "短板弱项逐步补齐", "示范效应初步显现", "发展后劲不断增强", "治理水平有所提高",
        "资源利用更为集约", "城乡差距继续缩小", "底线防线更加牢固", "干部作风日益转变"]  # fmt: skip
COUNTED = [("改造老旧小区", "个"), ("新建学校", "所"), ("建成口袋公园", "个"), ("整治河道", "公里"), ("培训技能人才", "人"), ("新增养老床位", "张"),
           ("修缮农房", "户"), ("新建充电桩", "个"), ("开通公交线路", "条"), ("引进项目", "个"), ("建设高标准农田", "亩"), ("认定专精特新企业", "家")]  # fmt: skip
GROWING = [
    "社会消费品零售总额",
    "固定资产投资",
    "规模以上工业增加值",
    "进出口总额",
    "城镇居民人均可支配收入",
    "农村居民人均可支配收入",
]


@dataclasses.dataclass
class Facts:
    """Figures of one report: outcomes of the year before, goals of the year."""

    gdp: float = 1000.0  # 亿元, the year before
    gdp_growth: float = 6.0
    goal: float = 6.0
    goal_words: str = "左右"
    revenue_goal: float = 5.0
    jobs_goal: float = 5.0  # 万人


def sentence(rng):
    """One sentence; about every third has a figure."""
    kind = rng.randrange(6)
    field, way, verb, thing = rng.choice(FIELDS), rng.choice(WAYS), rng.choice(VERBS), rng.choice(OBJECTS)
    if kind == 0:
        what, unit = rng.choice(COUNTED)
        return f"{way}{verb}{field}，{what}{rng.randrange(11, 9000)}{unit}，{rng.choice(ENDS)}。"
    if kind == 1:
        return f"{field}领域{thing}得到加强，相关投入增长{rng.randrange(10, 190) / 10}%，{rng.choice(ENDS)}。"
    other = rng.choice(FIELDS)
    return f"围绕{field}和{other}{way}{verb}{thing}，{rng.choice(WAYS)}{rng.choice(VERBS)}{rng.choice(OBJECTS)}，{rng.choice(ENDS)}。"


def pool(count, seed=0, sentences=6):
    """Paragraphs to draw from, each of about 200 characters."""
    rng = random.Random(f"pool {seed}")
    return ["".join(sentence(rng) for _ in range(sentences)) for _ in range(count)]


def opening(region, level):
    if level == "nation":
        return "各位代表：\n现在，我代表国务院，向大会报告政府工作，请予审议。"
    return f"各位代表：\n现在，我代表{region}人民政府，向大会报告工作，请予审议。"


def report(region, year, facts=None, *, paragraphs, seed, level="prefecture", size=30, title=True):
    """The text of one report: `size` of the paragraphs and the figures of `facts`."""
    facts = facts or Facts()
    rng = random.Random(f"report {seed}")
    body = rng.sample(paragraphs, size)
    half = size // 2
    name = "国务院" if level == "nation" else region
    output = "国内生产总值" if level == "nation" else "地区生产总值"
    lines = [f"{year}年{name}政府工作报告"] if title else []
    lines += [
        opening(region, level) if title else "各位代表：\n现在向大会报告工作，请予审议。",
        f"一、{year - 1}年工作回顾",
        f"{year - 1}年，{output}达到{facts.gdp:.1f}亿元，增长{facts.gdp_growth:.1f}%。"
        f"{rng.choice(GROWING)}增长{rng.randrange(20, 120) / 10}%。",
        *body[:half],
        f"二、{year}年工作安排",
        f"{year}年经济社会发展主要预期目标：{output}增长{facts.goal:g}%{facts.goal_words}，一般公共预算收入增长{facts.revenue_goal:g}%，"
        f"城镇新增就业{facts.jobs_goal:g}万人以上，居民消费价格涨幅控制在3%以内，城镇调查失业率5.5%左右，"
        f"居民收入增长与经济增长同步。",
        *body[half:],
        "各位代表，蓝图已经绘就，让我们同心协力，为完成全年任务努力奋斗！",
    ]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument(
        "--paragraphs", type=int, default=30, help="paragraphs of a report, about 200 characters each"
    )
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents(options.documents, size=options.paragraphs):
        (options.folder / f"{name}.txt").write_text(text, encoding="utf-8")


def documents(count, *, size=30, seed=0):
    """Pairs of a name and a text: prefectures by years from 2001 on."""
    import czreport

    table = czreport.regions()
    chosen = (table["level"] == "prefecture") & (table["first_year"] <= 2001) & (table["last_year"] == 9999)
    names = table[chosen]["name"].tolist()
    paragraphs = pool(4000, seed)
    for number in range(count):
        region, year = names[number % len(names)], 2001 + number // len(names) % 24
        rng = random.Random(f"facts {seed} {number}")
        facts = Facts(
            gdp=rng.randrange(5000, 90000) / 10,
            gdp_growth=rng.randrange(20, 120) / 10,
            goal=rng.randrange(4, 12) / 1,
        )
        again = number // (24 * len(names))  # a further round of all regions and years
        name = f"{region}{year}" + (f"_{again}" if again else "")
        yield name, report(region, year, facts, paragraphs=paragraphs, seed=f"{seed} {number}", size=size)


if __name__ == "__main__":
    main()
