"""Hostile XML is refused, quickly and with a reason."""

import pytest

from adapters.wecom.xml import CallbackMalformed, parse_xml


def refused(xml: str) -> str:
    with pytest.raises(CallbackMalformed) as error:
        parse_xml(xml)
    return str(error.value)


def test_scalars_trees_and_repeated_inner_elements_are_read():
    tree = parse_xml("<xml><A> x </A><B>\n<C>1</C>\n<C>2</C></B><D></D></xml>")

    assert tree == {"A": " x ", "B": {"C": ["1", "2"]}, "D": ""}


def test_a_split_cdata_end_is_read_as_the_user_wrote_it():
    assert parse_xml("<xml><A><![CDATA[a]]]]><![CDATA[>b]]></A></xml>") == {"A": "a]]>b"}


@pytest.mark.parametrize(
    "prologue",
    [
        "<!DOCTYPE xml>",
        '<!DOCTYPE xml SYSTEM "http://127.0.0.1/x.dtd">',
        '<!DOCTYPE xml [<!ENTITY a "b">]>',
        '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_doctype_is_refused(prologue: str):
    assert "DTDForbidden" in refused(f"{prologue}<xml><A>&a;</A></xml>")


def test_billion_laughs_is_refused_before_it_grows():
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

    assert "Forbidden" in refused(f'<!DOCTYPE xml [<!ENTITY l0 "ha">{entities}]><xml><A>&l9;</A></xml>')


def test_an_unknown_entity_is_refused():
    assert "not well-formed" in refused("<xml><A>&nbsp;</A></xml>")


def test_two_senders_are_refused():
    xml = "<xml><FromUserName>li</FromUserName><FromUserName>wang</FromUserName></xml>"

    assert refused(xml) == "FromUserName stands twice"


def test_text_beside_elements_is_refused():
    assert "text beside elements" in refused("<xml><A>li<B>wang</B></A></xml>")


def test_a_control_character_is_named():
    assert refused("<xml><Content>a\x0bb</Content></xml>") == "control character U+000B at offset 15"


def test_a_control_character_written_as_a_reference_is_refused():
    assert "not well-formed" in refused("<xml><Content>&#11;</Content></xml>")


@pytest.mark.parametrize("xml", ['<xml><MsgType a="b">text</MsgType></xml>', '<xml xmlns="urn:x"><A/></xml>'])
def test_attributes_and_name_spaces_are_refused(xml: str):
    assert refused(xml)


def test_deep_nesting_is_refused():
    assert "too deep" in refused("<xml>" + "<a>" * 13 + "</a>" * 13 + "</xml>")


def test_many_elements_are_refused():
    assert "too many" in refused("<xml><a>" + "<b/>" * 5000 + "</a></xml>")


def test_a_million_elements_are_refused_by_their_size():
    assert "larger than" in refused("<xml>" + "<b/>" * 1_000_000 + "</xml>")


@pytest.mark.parametrize(
    "xml", ["", "text", "<xml>", "<xml></xml><xml></xml>", "<a/>", "<xml><中/></xml>", "{}"]
)
def test_what_is_not_one_xml_element_is_refused(xml: str):
    assert refused(xml)
