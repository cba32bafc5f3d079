"""What the reader of policy time says when words need attention, in both languages."""

from datetime import date

from registry.policydate.lexicon import MONTHS_EN, MONTHS_NL
from registry.words import Words

_SHOWN = 60


def day_words(day: date) -> Words:
    """A day in full: 1 juni 2021, 1 June 2021."""
    month = day.month - 1
    return Words(
        f"{day.day} {MONTHS_NL[month]} {day.year}", f"{day.day} {MONTHS_EN[month]} {day.year}"
    )


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…"


def unread(text: str) -> Words:
    shown = _shown(text)
    return Words(
        f"“{shown}” is niet als datum gelezen en blijft als tekst bewaard. Schrijf bijvoorbeeld "
        "16 november 2020, juni 2021, medio 2021 of voor 1 juli 2021.",
        f"“{shown}” was not read as a date and is kept as text. Write for example "
        "16 November 2020, June 2021, mid-2021 or before 1 July 2021.",
    )


def too_long(limit: int) -> Words:
    return Words(
        f"Een termijn van meer dan {limit} tekens wordt niet als datum gelezen. Noem alleen de "
        "woorden van de termijn, bijvoorbeeld medio 2021.",
        f"A date of more than {limit} characters is not read. Give only the words of the date, "
        "for example mid-2021.",
    )


def control_characters() -> Words:
    return Words(
        "Onzichtbare stuurtekens zijn door een spatie vervangen.",
        "Invisible control characters were replaced by a space.",
    )


def needs_anchor(text: str) -> Words:
    shown = _shown(text)
    return Words(
        f"“{shown}” hangt af van het jaar waarin het geschreven is. Voeg het jaar toe, of het "
        "document met zijn referentiejaar.",
        f"“{shown}” depends on the year in which it was written. Add the year, or the document "
        "with its reference year.",
    )


def impossible(text: str) -> Words:
    shown = _shown(text)
    return Words(
        f"“{shown}” bestaat niet op de kalender. Controleer dag, maand en jaar (in die volgorde).",
        f"“{shown}” does not exist on the calendar. Check day, month and year (in that order).",
    )


def short_year(text: str) -> Words:
    shown = _shown(text)
    return Words(
        f"Schrijf in “{shown}” het jaar met vier cijfers, bijvoorbeeld 2021.",
        f"Write the year in “{shown}” with four digits, for example 2021.",
    )


def reversed_range(text: str) -> Words:
    shown = _shown(text)
    return Words(
        f"In “{shown}” ligt het einde voor het begin. Draai de twee om of verbeter een van beide.",
        f"In “{shown}” the end lies before the beginning. Swap the two or correct one of them.",
    )


def year_supplied(text: str, year: int) -> Words:
    shown = _shown(text)
    return Words(
        f"“{shown}” noemt geen jaar; gelezen als {year}, het referentiejaar.",
        f"“{shown}” gives no year; read as {year}, the reference year.",
    )


def next_year_taken(text: str, year: int) -> Words:
    shown = _shown(text)
    return Words(
        f"“{shown}” noemt geen jaar; gelezen als {year}, de eerstvolgende na het document.",
        f"“{shown}” gives no year; read as {year}, the first one after the document.",
    )


def past_year(year: int) -> Words:
    return Words(
        f"“Het afgelopen jaar” is gelezen als het vorige kalenderjaar, {year}. Bedoelt de tekst "
        f"{year + 1}, schrijf dan {year + 1}.",
        f"“The past year” was read as the previous calendar year, {year}. If the text means "
        f"{year + 1}, write {year + 1}.",
    )


def up_to(last: date) -> Words:
    day = day_words(last)
    return Words(
        f"“Tot” telt de genoemde tijd niet mee: de laatste dag is {day.nl}. Bedoelt u tot en "
        "met, schrijf dan t/m.",
        f"“Until” does not count the time named: the last day is {day.en}. If it should count, "
        "write “no later than”.",
    )


def approximate() -> Words:
    return Words(
        "“Rond” is niet verrekend: de periode is die van de genoemde datum zelf.",
        "“Around” was not taken into account: the period is that of the date itself.",
    )


def of_this_document(anchor: date) -> Words:
    day = day_words(anchor)
    return Words(
        f"De datum is die van het document zelf; gelezen als uiterlijk {day.nl}.",
        f"The date is that of the document itself; read as no later than {day.en}.",
    )


def winter(first: date, last: date) -> Words:
    begin, end = day_words(first), day_words(last)
    return Words(
        f"De winter ligt in twee jaren; gelezen als {begin.nl} t/m {end.nl}.",
        f"A winter lies in two years; read as {begin.en} to {end.en}.",
    )


def recess_assumed(year: int, first: date) -> Words:
    day = day_words(first)
    return Words(
        f"De datums van het zomerreces van {year} zijn niet bekend. Voorzichtigheidshalve is "
        f"{day.nl} als begin genomen; vul het reces in bij de leesafspraken.",
        f"The dates of the summer recess of {year} are not known. To be cautious, {day.en} was "
        "taken as its beginning; enter the recess in the reading conventions.",
    )


def recess_unknown(name: Words, year: int) -> Words:
    return Words(
        f"De datums van het {name.nl} van {year} zijn niet bekend; de woorden blijven bewaard. "
        "Vul het reces in bij de leesafspraken.",
        f"The dates of the {name.en} of {year} are not known; the words are kept. Enter the "
        "recess in the reading conventions.",
    )
