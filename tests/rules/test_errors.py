"""Errors: one form for all of them, 400 for what is wrong in a request, and all of it at once."""

from tests import databases
from tests.api.contract import Problem
from tests.rules.walking import Answer, Walk

pytestmark = databases.on_sqlite

MEDIA = "application/problem+json"


def test_core_error_handling_problem_details(walk: Walk, answers: list[Answer]) -> None:
    """Told so for every operation, and so it is."""
    for path, method, operation in walk.contract.operations():
        for status, told in operation["responses"].items():
            if status[0] in "45" or status == "default":
                content = walk.contract.resolved(told)["content"]
                assert set(content) == {MEDIA}, f"{method} {path} {status}"
    refused = [answer for answer in answers if answer.status >= 400 and answer.method != "HEAD"]
    assert len(refused) > 1000
    for answer in refused:
        said = Problem.of(answer.response)
        assert said.title, str(answer)
        assert said.detail, str(answer)


def test_core_error_handling_invalid_input(walk: Walk, answers: list[Answer]) -> None:
    """400 and never 422; told of wherever something can be wrong."""
    for path, method, operation in walk.contract.operations():
        assert "422" not in operation["responses"], f"{method} {path}"
        if operation.get("parameters") or "requestBody" in operation:
            assert "400" in operation["responses"], f"{method} {path}"
    asked = [answer for answer in answers if "nobodyAsksThis" in answer.url]
    for answer in asked:
        assert answer.status in (400, 404), str(answer)
    understood = [answer for answer in asked if answer.status == 400]
    assert len({answer.path for answer in understood}) > 300


def test_core_error_handling_all_errors(answers: list[Answer]) -> None:
    """Both parameters that nobody knows are told of, not the first alone."""
    for answer in answers:
        if answer.status == 400 and "nobodyAsksThis" in answer.url:
            errors = Problem.of(answer.response).errors
            assert {"query nobodyAsksThis", "query norThis"} <= set(errors), str(answer)
            assert errors["query norThis"] == "unknown_parameter"
