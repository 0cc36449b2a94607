"""What natural messages are read as; a fault is never read as a command."""

import pytest

from bot.intents import Wish, find_mobile, read_words, says_something

NUMBER = "WO-20261124-0001"
FAULTS = """
取消键失灵
取消按钮按了没反应
接单打印机卡纸
接单小票机不出纸
进度条卡住不动了
进度显示屏花屏
查询机打不开
查询终端蓝屏，进不去系统
帮助键失灵
菜单打不开
菜单 按键按了没反应
Help, the cold room is warm
help! compressor 3 stopped
帮助：3号冷库不制冷了怎么办
退单机坏了
拒绝访问，系统登不进去
派单系统登录不上
待办事项面板黑屏
我的工单打印不出来
算了半天价格不对，收银秤坏了
不接地，漏电跳闸
接受器没信号
3号冷库机组不制冷了
3号冷库机组不制冷了，麻烦尽快派师傅来看看，谢谢
您好，空调漏水
你好！机器报警 E21
早上来发现机器不启动了
测试台冒烟
好的，另外二号机也漏油了
可以开机但是不制热
收到报警：温度过高
什么时候来修一下二号机，漏油很严重
E21
F03报警
机器坏了😭
""".strip().splitlines()
PROGRESS = """
进度
进度？
进度呢
查询进度
查进度
查一下进度
帮我看看进度
我要查进度
进度怎么样了
进展如何
我的工单现在什么情况
修到哪了
修到哪里了？
修好了吗
修好了没有
机器修好了吗？
师傅到哪了
师傅什么时候来
师傅什么时候能到？
什么时候能修好
多久能到
怎么样了
怎么还没来
师傅怎么还没来？
还没修好吗
""".strip().splitlines()
CHIT_CHAT = [
    "你好",
    "您好！",
    "在吗？",
    "谢谢🙏",
    "好的👌",
    "OK",
    "ok~",
    "Ｈｅｌｌｏ",
    "收到。",
    "早上好",
    "再见",
]
SAYS_NOTHING = ["", " ", "\n\t", "。。。", "？？？", "!!!", "👍", "👍🏻👍🏿", "😭😭😭", "🙏🏼", "❤️", "👨‍👩‍👧"]
STICKERS = ["1️⃣", "㊗️", "㊙️㊙️", "🈲", "[微笑]", "[微笑][玫瑰]", "[OK]", "[破涕为笑] [强]！", "🆗", "#️⃣*️⃣"]


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_never_read_as_a_command(text: str):
    words = read_words(text)

    assert (words.wish, words.rest) == (Wish.FREE, text)


@pytest.mark.parametrize("text", PROGRESS)
def test_asking_how_far_it_is_asks_for_progress(text: str):
    assert read_words(text).wish is Wish.PROGRESS


@pytest.mark.parametrize("text", CHIT_CHAT)
def test_a_greeting_is_no_fault(text: str):
    assert read_words(text).wish is Wish.CHIT_CHAT


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_a_message_without_letters_says_nothing(text: str):
    assert read_words(text).wish is Wish.EMPTY


@pytest.mark.parametrize("text", STICKERS)
def test_an_emoji_made_of_letters_says_nothing_either(text: str):
    assert read_words(text).wish is Wish.EMPTY


@pytest.mark.parametrize("text", ["[冷库不制冷了]", "【紧急】停机", "[微笑]3号机坏了", "1号机坏了1️⃣"])
def test_words_beside_or_inside_brackets_are_still_words(text: str):
    assert read_words(text).wish is Wish.FREE


@pytest.mark.parametrize(
    "written",
    [
        "WO-20261124-0001",
        "WO20261124-0001",
        "WO202611240001",
        "wo-20261124-0001",
        "ｗｏ－20261124－0001",
        "ＷＯ－２０２６１１２４－０００１",
        "WO 20261124 0001",
        "wo—20261124—0001",
        "WO_20261124_0001",
    ],
)
@pytest.mark.parametrize("pattern", ["接单 {}", "接单{}", "接单：{}", "接单，{}。", "  接单\n{}  "])
def test_a_number_is_known_however_it_is_written(pattern: str, written: str):
    words = read_words(pattern.format(written))

    assert (words.wish, words.number) == (Wish.ACCEPT, NUMBER)


@pytest.mark.parametrize("text", [NUMBER, f"{NUMBER}？", f" {NUMBER} 进度", f"工单{NUMBER}修到哪了"])
def test_a_number_alone_asks_for_its_progress(text: str):
    words = read_words(text)

    assert (words.wish, words.number) == (Wish.PROGRESS, NUMBER)


def test_the_ten_thousandth_work_order_of_a_day_has_a_number_too():
    assert read_words("进度 WO-20261124-10000").number == "WO-20261124-10000"


@pytest.mark.parametrize(
    ("text", "wish", "rest"),
    [
        (f"接单 {NUMBER}", Wish.ACCEPT, ""),
        ("接单", Wish.ACCEPT, ""),
        ("我接", Wish.ACCEPT, ""),
        (f"拒单 {NUMBER} 今天在外地，赶不回来", Wish.DECLINE, "今天在外地，赶不回来"),
        (f"拒单 在外地 {NUMBER}", Wish.DECLINE, "在外地"),
        (f"退单，{NUMBER}，太远", Wish.DECLINE, "太远"),
        (f"派单 {NUMBER} 王芳", Wish.OFFER, "王芳"),
        (f"取消 {NUMBER} 已经好了", Wish.CANCEL, "已经好了"),
        ("取消报修", Wish.CANCEL, ""),
        (f"{NUMBER} 接单", Wish.ACCEPT, ""),
        (f"{NUMBER}，拒单，太远", Wish.DECLINE, "太远"),
        ("我的工单", Wish.MY_JOBS, ""),
        ("待办", Wish.MY_JOBS, ""),
        ("帮助", Wish.HELP, ""),
        ("Help!", Wish.HELP, ""),
        ("算了", Wish.NEVER_MIND, ""),
        ("算了，我去", Wish.NEVER_MIND, "我去"),
    ],
)
def test_a_command_is_a_word_its_number_and_the_rest(text: str, wish: Wish, rest: str):
    words = read_words(text)

    assert (words.wish, words.rest) == (wish, rest)


def test_a_number_inside_a_fault_stays_with_the_fault():
    words = read_words(f"{NUMBER} 又坏了，还是漏油")

    assert (words.wish, words.number) == (Wish.FREE, NUMBER)


def test_the_words_of_a_fault_are_kept_as_they_were_said():
    assert read_words("  ３号机：温度＞１０℃！ ").rest == "３号机：温度＞１０℃！"


@pytest.mark.parametrize(
    "text",
    [
        "13900000005",
        "139 0000 0005",
        "139-0000-0005",
        "139  0000  0005",
        "139–0000–0005",
        "+8613900000005",
        "+86 139 0000 0005",
        "+86-139-0000-0005",
        "86 13900000005",
        "0086 13900000005",
        "008613900000005",
        "（+86）13900000005",
        "１３９００００００05",
        "我的手机号是139 0000 0005",
        "电话：13900000005。",
        "\u202d139 0000 0005\u202c",
        "139\u00a00000\u00a00005",
    ],
)
def test_a_mobile_number_is_found_however_it_is_written(text: str):
    mobile, rest = find_mobile(text)

    assert (mobile, says_something(rest)) == ("13900000005", False)


@pytest.mark.parametrize(
    "text", ["139000000051", "2139000000057", "12900000005", "1390000005", "序列号 9913900000005", "没有"]
)
def test_other_digits_are_no_mobile_number(text: str):
    assert find_mobile(text) == ("", text)


@pytest.mark.parametrize("text", ["13900000005，3号冷库不制冷了", "我是陈静 139-0000-0005 空调漏水 急"])
def test_a_fault_beside_the_mobile_number_is_noticed(text: str):
    mobile, rest = find_mobile(text)

    assert mobile == "13900000005"
    assert says_something(rest)
