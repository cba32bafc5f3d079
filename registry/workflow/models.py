"""The table of revisions: changes of published records that wait to be judged."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .. import clock
from ..access import Actor, Role
from ..db import Base, Moment, rfc3339
from ..record import Record


class RevisionState(StrEnum):
    """How a revision stands."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


OPEN = (RevisionState.SUBMITTED, RevisionState.RETURNED)


class Revision(Base):
    """A proposed change of a published record. The record itself changes when it is published,
    by replaying the payload on behalf of its author."""

    __tablename__ = "revision"
    __table_args__ = (Index("ix_revision_state_record", "state", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(24), unique=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="RESTRICT"), index=True)
    base_version: Mapped[int] = mapped_column(comment="the version that the author saw")
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    steps: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, default=list, comment="[{at, action, account, by, door, fields, note}]"
    )
    reason: Mapped[str | None] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    author_name: Mapped[str] = mapped_column(Text)
    author_rights: Mapped[dict[str, Any]] = mapped_column(JSON, comment="{roles, organisations}")
    state: Mapped[str] = mapped_column(String(10), default=RevisionState.SUBMITTED)
    note: Mapped[str | None] = mapped_column(Text, comment="why it was returned")
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    reviewer_name: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment)

    record: Mapped[Record] = relationship(lazy="joined", innerjoin=True)

    def noted(self, actor: Actor, action: str, **told: Any) -> None:
        """Keep a step: what `actor` did to it, and what of it that was about."""
        who = {"account": actor.account_id, "by": actor.name, "door": actor.door}
        step = {"at": rfc3339(clock.now()), "action": action, **who, **told}
        self.steps = [*(self.steps or []), step]

    def author(self, door: str) -> Actor:
        """Who proposed it, with the rights of that moment."""
        organisations: list[int] = self.author_rights["organisations"]
        return Actor(
            self.author_id,
            self.author_name,
            frozenset(Role(role) for role in self.author_rights["roles"]),
            frozenset(organisations),
            self.author_rights.get("home"),
            door,
        )
