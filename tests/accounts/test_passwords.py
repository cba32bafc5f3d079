"""What a password must be, and how it is stored."""

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from registry.accounts import passwords
from tests import people
from tests.browsing import Client
from tests.databases import on_sqlite


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kort", "too_short"),
        ("x" * 1001, "too_short"),
        ("password1234", "common"),
        ("P@ssw0rd1234", "common"),
        ("aaaaaaaaaaaaaaaa", "common"),
        ("qwertyuiop12", "common"),
        ("welkomwelkom1", "common"),
        ("wachtwoord2021", "common"),
        ("de fiets van kerngroep", "own_name"),
        ("KERNGROEPLID is hier", "own_name"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused(password: str, code: str) -> None:
    faults = passwords.faults(password, name="Kim Kerngroep", email="kerngroeplid@demo.example")
    assert [fault.code for fault in faults] == [code]


@pytest.mark.parametrize(
    "password", ["wat een lang wachtwoord", "kim eet twee peren", "😀 twaalf wolken"]
)
def test_a_phrase_of_a_few_words_is_good(password: str) -> None:
    assert passwords.faults(password, name="Kim Kerngroep", email="k@demo.example") == []


def test_passwords_are_kept_by_argon2id() -> None:
    assert passwords.hashed("wat een lang wachtwoord").startswith("$argon2id$")


@on_sqlite
def test_a_hash_of_older_parameters_is_renewed_when_somebody_signs_in(
    client: Client, session: Session
) -> None:
    older = PasswordHasher(**{**passwords.COST, "time_cost": 2})
    people.account("member").password_hash = older.hash(people.PASSWORD)
    session.commit()
    client.sign_in(people.email("member"), people.PASSWORD)
    session.expire_all()
    after = people.account("member").password_hash or ""
    assert not PasswordHasher(**passwords.COST).check_needs_rehash(after)
    assert passwords.verify(people.account("member"), people.PASSWORD)
