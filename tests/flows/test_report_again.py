"""A report that is asked for once more where an answer says nothing, and one for each visit."""

from sqlalchemy import update

from domain.assets.model import AssetKind
from tests.support.closing import begin
from tests.support.field import give_checklist, sends_picture, under_way
from tests.support.kept_files import picture
from tests.support.loop import Loop


def measured(loop: Loop) -> str:
    """Bring a work order to the report, whose machine has one reading besides two checks."""
    freezer = give_checklist(loop)
    checklist = [
        {"key": "cools", "label": "制冷正常", "required": True},
        {"key": "seal", "label": "门封检查", "required": True},
        {"key": "high", "label": "排气压力", "required": True, "reading": True, "unit": "bar"},
    ]
    with loop.database.write() as session, session.begin():
        session.execute(update(AssetKind).values(checklist=checklist))
    return under_way(loop, asset_id=freezer)


def test_what_says_nothing_is_asked_again_and_numerals_are_read(loop: Loop):
    number = measured(loop)

    loop.li.says("完工")
    loop.li.hears("故障原因是什么")
    loop.li.says("没有")
    loop.li.hears("“没有”不能作为故障原因")
    loop.li.says("原因：电容击穿 处理：更换电容 工时：abc")
    loop.li.hears("没有看懂工时“abc”", "现场用了多少工时")
    loop.li.says("999")
    loop.li.hears("没有看懂工时“999”", "72")
    loop.li.says("两小时")
    loop.li.card("检查全部合格", "制冷正常")
    loop.li.presses("检查全部合格")
    loop.li.hears("读数：排气压力")
    loop.li.says("挺高的")
    loop.li.hears("“挺高的”不是数值")
    loop.li.says("一百")
    loop.li.card("提交", "100bar")
    loop.li.presses("提交")

    assert loop.li.hears(number, "已完工")


def test_a_correction_says_what_it_changed(loop: Loop):
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    ending.customer.hears("请您验收")

    ending.amends("更换压缩机")

    assert ending.customer.hears("报告已更正", "处理措施由“更换启动电容”改为“更换压缩机”")


def test_a_reopened_work_order_has_a_report_of_its_own(loop: Loop):
    ending = begin(loop, "kf", "dingtalk")
    sends_picture(loop, "li", picture(1))
    loop.li.hears("图片已记到工单")
    ending.completes()
    ending.says("验收通过")
    ending.becomes("signed_off")
    loop.zhao.says(f"重开 {ending.number} 又坏了")
    loop.settle()
    loop.li.says(f"接单 {ending.number}")
    loop.settle()

    for words in ("出发 40分钟到", "到达", "开始处理", "完工 原因：氟利昂不足 处理：补充冷媒 工时：1"):
        loop.li.says(words)
        loop.settle()

    assert loop.li.hears("第二次维修报告已提交")
    assert "照片" not in loop.desk.hears("第二次维修报告", "补充冷媒")
