"""What must follow from each of WeCom's codes, as its pages and its operators say it. Written down apart from the program's own table."""

from bot.channels.wecom.errors import Policy

_CODES = {
    Policy.RETRY: "-1 6000 846609",
    Policy.RETRY_AFTER: "45009 45033 846607",
    Policy.REFRESH: "40014 42001",
    # nothing works until somebody sets right a credential, or what an administrator allows
    Policy.STOP: """
        40001 40013 40056 40057 40091 41001 41002 41004 48001 48002 48009 50001 50003 50006 60020 60031 93019 301002 301042 301053 853000
        853006
    """,
    # this recipient, or this very message, is never taken
    Policy.PERMANENT: """
        40003 40004 40005 40006 40007 40008 40009 40011 40016 40031 40032 40033 40035 40050 40058 40063 40066 40068 40070 40201 42014
        44001 44004 45001 45002 45007 45008 50002 60003 60011 60021 60030 60111 60140 81013 82001 82002 82003 82004 86001 86003 86004
        86005 86006 86007 86008 86101 86207 86215 86216 86220 93000 93004 93006 93008 301017 301019 301048 301052 301058 830002 846605
        846608
    """,
}
WECOM = {int(code): policy for policy, codes in _CODES.items() for code in codes.split()}
FAULTS: tuple[dict[str, object], ...] = ({"status": 502}, {"malformed": True}, {"close": 1006}, {"silent": True})
