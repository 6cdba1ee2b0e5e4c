"""How an illness goes, in words that no record holds: it gets worse, or somebody is at the doctor's. Pure."""

import re

WORSE, IN_CARE = "round.worse", "round.in_care"
"""What turn an illness has taken; each is the key of the sentence that answers it."""

_BAD = "(?:严重|难受|厉害|糟|差|疼|痛|晕|不舒服|不行|不好|重(?!要))"
_WORSE = re.compile(
    rf"(?<!没)(?<!没有)(?<!不)(?:更加?{_BAD}|加重|恶化|越来越{_BAD}|比(?:昨天|昨晚|前天|早上|上午|中午|之前)(?:还要?|更)?{_BAD})"
    r"|^(?:病情|好像|又|有点)*(?:严重|重)了"
)
_IN_CARE = re.compile(
    r"(?<!不)(?<!没)(?:[在去到](?:了|着)?(?:医院|诊所|急诊|卫生所)|打(?:着)?(?:针|点滴|吊瓶)|输(?:着)?液|[挂吊](?:着)?水)"
)


def turn(words: str) -> str | None:
    """What those who help must hear though no temperature and no symptom says it; None where nothing is."""
    if _WORSE.search(words):
        return WORSE
    return IN_CARE if _IN_CARE.search(words) else None
