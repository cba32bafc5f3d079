"""What the document tells of handing in, sending back, and revisions."""

from typing import Any

from ...workflow.schemas import ReturnSchema
from .operations import (
    ANYBODY,
    BODY_ERRORS,
    CONDITION_ERRORS,
    ONE_ERRORS,
    TOKEN,
    UNCHANGED,
    WRITE_ERRORS,
    Operations,
    in_json,
)
from .shapes import Shapes
from .told import TAGGED, VERSION_HEADER

Told = dict[str, Any]
KEY = {
    "in": "path",
    "name": "key",
    "description": "The name of the revision.",
    "schema": {"type": "string", "pattern": "^[a-z0-9]{1,24}$"},
}
FIELD = {
    "in": "path",
    "name": "field",
    "description": "The name of a field that is proposed.",
    "schema": {"type": "string", "pattern": "^[A-Za-z]{1,40}$"},
}


class Judging:
    """Describes each step, with the schemas of its bodies and answers."""

    def __init__(self, told: Operations, shapes: Shapes) -> None:
        self.told, self.name, self.one = told, told.name, told.one
        self.shape = told.revision
        self.note = shapes.named("Return", lambda: shapes.body(ReturnSchema()))

    def submit(self) -> Told:
        """Handing in."""
        return self._step("submit", "Submit", "Hand a draft to the secretariat.")

    def send_back(self) -> Told:
        """Sending back."""
        told = self._step("return", "Send back", "Return what was submitted. For the secretariat.")
        return self._with_note(told)

    def withdraw(self) -> Told:
        """Making it a draft again."""
        told = self._step("withdraw", "Withdraw", "Make it a draft again.")
        return {**told, "parameters": [*told["parameters"], "ChangeReason"]}

    def archive(self) -> Told:
        """Taking it out of the current lists."""
        return self._step("archive", "Archive", "It can still be found. For the secretariat.")

    def revisions(self) -> Told:
        """The list of revisions."""
        return {
            **self._read("list", "Revisions of"),
            "security": ANYBODY,
            "responses": self._found({"type": "array", "items": self.shape}),
        }

    def revision(self) -> Told:
        """One revision."""
        told = self._read("get", "A revision of")
        told["parameters"] = [*self.told.path, KEY, "IfNoneMatch"]
        return {**told, "responses": self._found(self.shape)}

    def adopt(self) -> Told:
        """Publishing a revision."""
        told = self._step("adopt", "Adopt a revision", "Lay it over the record and publish that.")
        told["operationId"] = f"adopt{self.name}Revision"
        told["parameters"] = [*self.told.path, KEY, "IfMatchOptional"]
        return told

    def give(self) -> Told:
        """Returning a revision."""
        told = self._with_note(self._step("return", "Send a revision back", "With what to change."))
        told["operationId"] = f"return{self.name}Revision"
        told["parameters"] = [*self.told.path, KEY]
        told["responses"].update(self._answered())
        return told

    def replace(self) -> Told:
        """Going on with a revision."""
        return {
            "operationId": f"replace{self.name}Revision",
            "summary": f"Go on with a revision: {self.one}",
            "description": "The body takes the place of what was proposed and is submitted anew: "
            "what is left out falls out. For its author, until it is judged. A PATCH of the "
            "record adds to the revision instead.",
            "parameters": [*self.told.path, KEY, "IfMatch", "ChangeReason"],
            "requestBody": {"required": True, **in_json(self.told.patch)},
            "responses": {
                **self._answered(),
                **WRITE_ERRORS,
                **BODY_ERRORS,
                **CONDITION_ERRORS,
            },
            "security": TOKEN,
        }

    def take_back(self) -> Told:
        """Taking one field back."""
        return {
            "operationId": f"takeBack{self.name}RevisionField",
            "summary": f"Take one field of a revision back: {self.one}",
            "description": "The others stay as they were proposed. Of the last one this is "
            "refused (409): withdraw the revision.",
            "parameters": [*self.told.path, KEY, FIELD, "IfMatch"],
            "responses": {**self._answered(), **WRITE_ERRORS, **CONDITION_ERRORS},
            "security": TOKEN,
        }

    def _answered(self) -> Told:
        found = {"description": "The revision.", "headers": TAGGED, **in_json(self.shape)}
        return {"200": found}

    def retract(self) -> Told:
        """Taking one's own revision back."""
        return {
            "operationId": f"retract{self.name}Revision",
            "summary": f"Withdraw a revision: {self.one}",
            "parameters": [*self.told.path, KEY, "IfMatch"],
            "responses": {
                "204": {"description": "It is withdrawn.", "headers": VERSION_HEADER},
                **WRITE_ERRORS,
                **CONDITION_ERRORS,
            },
            "security": TOKEN,
        }

    def _step(self, verb: str, summary: str, description: str) -> Told:
        stale = {"412": CONDITION_ERRORS["412"]}
        return {
            "operationId": f"{verb}{self.name}",
            "summary": f"{summary}: {self.one}",
            "description": description,
            "parameters": [*self.told.path, "IfMatchOptional"],
            "responses": self.told.changed(WRITE_ERRORS, stale),
            "security": TOKEN,
        }

    def _with_note(self, told: Told) -> Told:
        told["requestBody"] = {"required": True, **in_json(self.note)}
        told["responses"].update(BODY_ERRORS)
        return told

    def _read(self, verb: str, summary: str) -> Told:
        plural = "s" if verb == "list" else ""
        return {
            "operationId": f"{verb}{self.name}Revision{plural}",
            "summary": f"{summary}: {self.one}",
            "description": "For who proposed it, who keeps the record, and the secretariat.",
            "parameters": [*self.told.path, "IfNoneMatch"],
            "security": TOKEN,
        }

    @staticmethod
    def _found(schema: Told) -> Told:
        return {
            "200": {"description": "As it stands.", "headers": TAGGED, **in_json(schema)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            **ONE_ERRORS,
        }
