"""The plan of action: what it says per theme, its measures, the states of its milestones in time,
and its versions, which nobody can change."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from registry import clock
from registry.db import Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

DAYS = ("from", "until")
KEYS = {
    "not_started": "niet-gestart",
    "on_track": "op-schema",
    "at_risk": "risico",
    "done": "gereed",
    "dropped": "vervallen",
}
"""The key of the row that a state becomes: the one that the files of the letters have for it."""
WHO = "migratie 0015"
FROZEN = "a version of the plan stays as it is"
FOREVER = ("plan_version", "plan_adoption")
NEW = (
    *("plan_adoption", "plan_version", "milestone_evidence", "milestone_state"),
    *("measure_status", "measure_party", "measure_group", "measure_cause", "plan_theme"),
)
TEXTS = ("needs", "opportunities", "threats")


def _key(
    table: str, column: str, to: str, *, ondelete: str = "RESTRICT"
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], ondelete=ondelete, name=name)


def _days(*names: str) -> Iterator[sa.Column[Any]]:
    for name in names:
        yield sa.Column(f"{name}_text", sa.Text())
        yield sa.Column(f"{name}_earliest", sa.Date())
        yield sa.Column(f"{name}_latest", sa.Date())
        yield sa.Column(f"{name}_kind", sa.String(12))
        yield sa.Column(f"{name}_anchor", sa.Date())


def _nested(table: str, parent: str, *columns: Any, links: dict[str, str] | None = None) -> None:
    op.create_table(
        table,
        *columns,
        *(_key(table, column, to) for column, to in (links or {}).items()),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        _key(table, "parent_id", parent, ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("parent_id", "key", name=op.f(f"uq_{table}_parent_id_key")),
    )
    for column in links or {}:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _series(table: str, parent: str, *columns: Any) -> None:
    effective = (sa.Column(f"effective_{name}", sa.Date()) for name in DAYS)
    _nested(table, parent, *columns, *effective, *_days(*DAYS))


def upgrade() -> None:
    _measures()
    _plans()
    _milestones()
    _versions()


def _measures() -> None:
    op.create_table(
        "measure",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text()),
        sa.Column("description", sa.Text()),
        sa.Column("plan_id", sa.Integer()),
        sa.Column("theme_id", sa.Integer()),
        sa.Column("means", sa.Text()),
        *_days("due"),
        sa.Column("id", sa.Integer(), nullable=False),
        _key("measure", "id", "record"),
        _key("measure", "plan_id", "plan"),
        _key("measure", "theme_id", "theme"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )
    for column in ("plan_id", "theme_id"):
        op.create_index(op.f(f"ix_measure_{column}"), "measure", [column])
    for name, column, to in (
        ("measure_cause", "cause_id", "cause"),
        ("measure_group", "group_id", "target_group"),
        ("measure_party", "partner_id", "partner"),
    ):
        own: list[sa.Column[Any]] = [sa.Column(column, sa.Integer(), nullable=False)]
        if name == "measure_party":
            own.append(sa.Column("role", sa.String(20)))
        _nested(name, "measure", *own, links={column: to})
    status = sa.Column("status", sa.String(20), nullable=False)
    _series("measure_status", "measure", status, sa.Column("reason", sa.Text()))


def _plans() -> None:
    with op.batch_alter_table("plan") as table:
        for name in TEXTS:
            table.add_column(sa.Column(name, sa.Text()))
        table.add_column(sa.Column("lead_id", sa.Integer()))
        table.create_index(op.f("ix_plan_lead_id"), ["lead_id"])
        name = op.f("fk_plan_lead_id_partner")
        table.create_foreign_key(name, "partner", ["lead_id"], ["id"], ondelete="RESTRICT")
    _nested(
        "plan_theme",
        "plan",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer()),
        sa.Column("ambition", sa.Text()),
        *(sa.Column(name, sa.Text()) for name in TEXTS),
        links={"theme_id": "theme", "lead_id": "partner"},
    )


def _milestones() -> None:
    _nested(
        "milestone_evidence",
        "milestone",
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("document_id", sa.Integer()),
        links={"document_id": "document"},
    )
    _series(
        "milestone_state",
        "milestone",
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(20), comment="why it is late, or may be"),
        sa.Column("reason_words", sa.Text()),
    )
    _carry_over()
    with op.batch_alter_table("milestone") as table:
        table.drop_index(op.f("ix_milestone_state"))
        table.drop_column("state")
        table.add_column(sa.Column("measure_id", sa.Integer()))
        table.create_index(op.f("ix_milestone_measure_id"), ["measure_id"])
        name = op.f("fk_milestone_measure_id_measure")
        table.create_foreign_key(name, "measure", ["measure_id"], ["id"], ondelete="RESTRICT")


def _versions() -> None:
    op.create_table(
        "plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "content",
            sa.JSON(),
            nullable=False,
            comment="{plan, measures, milestones}, each as its JSON for the core group",
        ),
        sa.Column("frozen_at", Moment(), nullable=False),
        _key("plan_version", "plan_id", "record"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("key", name=op.f("uq_plan_version_key")),
        sa.UniqueConstraint("plan_id", "name", name=op.f("uq_plan_version_plan_id_name")),
    )
    op.create_table(
        "plan_adoption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False, comment="on which it was adopted"),
        sa.Column("noted_at", Moment(), nullable=False),
        _key("plan_adoption", "version_id", "plan_version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_adoption")),
        sa.UniqueConstraint("version_id", name=op.f("uq_plan_adoption_version_id")),
    )
    for table in FOREVER:
        _guard(table)


def _guard(table: str) -> None:
    """Refuse to change or delete what is in it."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{FROZEN}'; END $$"
    )
    for when, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{when.split()[0].lower()} BEFORE {when} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {table}_frozen()"
        )


# --- a state becomes the first row of a series ---------------------------------------------

OLD = sa.table("milestone", sa.column("id"), sa.column("state"))
STATE = sa.table(
    "milestone_state", *(sa.column(name) for name in "parent_id key position state".split())
)
CHANGE = sa.table(
    "change",
    *(sa.column(name) for name in "seq record_id reference version actor_name door".split()),
    *(sa.column("at", Moment()), sa.column("action"), sa.column("changes", sa.JSON())),
)
RECORD = sa.table(
    "record",
    *(sa.column(name) for name in "id kind reference version last_seq".split()),
    sa.column("updated_at", Moment()),
)
REVISION = sa.table(
    "revision", sa.column("id"), sa.column("record_id"), sa.column("payload", sa.JSON())
)


def _carry_over() -> None:
    """The rows, what is cited of them, what is proposed, and what the book says of them: without
    that the history could not be replayed any more."""
    columns = ["parent_id", "key", "position", "state"]
    key = sa.case(KEYS, value=OLD.c.state)
    rows = sa.select(OLD.c.id, key, sa.literal(0), OLD.c.state).where(OLD.c.state.is_not(None))
    op.execute(sa.insert(STATE).from_select(columns, rows))
    op.execute(
        "UPDATE citation SET field = (SELECT 'states[' || s.key || '].state' "
        "FROM milestone_state s WHERE s.parent_id = citation.parent_id) "
        "WHERE field = 'state' AND parent_id IN (SELECT parent_id FROM milestone_state)"
    )
    milestones = sa.select(RECORD.c.id).where(RECORD.c.kind == "milestone")
    connection = op.get_bind()
    query = sa.select(REVISION).where(REVISION.c.record_id.in_(milestones))
    held = {row.parent_id: row.key for row in connection.execute(sa.select(STATE))}
    for row in connection.execute(query).all():
        if "state" in row.payload:
            payload = _proposed(row.payload, held.get(row.record_id))
            change = sa.update(REVISION).where(REVISION.c.id == row.id)
            connection.execute(change.values(payload=payload))
    _tell(connection, milestones)


def _proposed(payload: dict[str, Any], key: str | None) -> dict[str, Any]:
    """A proposed state is a row more."""
    kept = [{"key": key}] if key else []
    rest = {name: value for name, value in payload.items() if name != "state"}
    added = [{"state": payload["state"]}] if payload["state"] else []
    return {**rest, "states": [*kept, *added] if added else []}


def _tell(connection: sa.Connection, milestones: Any) -> None:
    told: dict[int, dict[str, Any]] = {}
    query = sa.select(CHANGE).where(CHANGE.c.record_id.in_(milestones)).order_by(CHANGE.c.seq)
    for row in connection.execute(query):
        values = told.setdefault(row.record_id, {})
        pairs = row.changes if isinstance(row.changes, list) else json.loads(row.changes)
        values.update({pair["path"]: pair["new"] for pair in pairs})
    head = connection.scalar(sa.text("SELECT seq FROM ledger_head")) or 0
    for record_id, values in told.items():
        if values.get("state") is None:
            continue
        head += 1
        _note(connection, record_id, head, list(_pairs(values)))
    connection.execute(sa.text("UPDATE ledger_head SET seq = :head"), {"head": head})


def _pairs(values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    state = values["state"]
    row = f"states[{KEYS[state]}]"
    for path, old in sorted(values.items()):
        if path.startswith("sources[") and path.endswith("].field") and old == "state":
            yield {"path": path, "old": old, "new": f"{row}.state"}
    yield {"path": "state", "old": state, "new": None}
    yield {"path": f"{row}.position", "old": None, "new": 0}
    yield {"path": f"{row}.state", "old": None, "new": state}


def _note(connection: sa.Connection, record_id: int, seq: int, pairs: list[dict[str, Any]]) -> None:
    at = clock.now()
    own = RECORD.c.id == record_id
    change = sa.update(RECORD).where(own)
    connection.execute(change.values(version=RECORD.c.version + 1, last_seq=seq, updated_at=at))
    record = connection.execute(sa.select(RECORD).where(own)).one()
    connection.execute(
        sa.insert(CHANGE).values(
            seq=seq,
            record_id=record_id,
            reference=record.reference,
            version=record.version,
            at=at,
            actor_name=WHO,
            door="seed",
            action="revise",
            changes=pairs,
        )
    )


def downgrade() -> None:
    with op.batch_alter_table("milestone") as table:
        table.drop_constraint(op.f("fk_milestone_measure_id_measure"), type_="foreignkey")
        table.drop_index(op.f("ix_milestone_measure_id"))
        table.drop_column("measure_id")
        table.add_column(sa.Column("state", sa.String(12)))
        table.create_index(op.f("ix_milestone_state"), ["state"])
    # Of a series only the last state has a place.
    op.execute(
        "UPDATE milestone SET state = (SELECT s.state FROM milestone_state s "
        "WHERE s.parent_id = milestone.id AND s.state <> 'late' ORDER BY CASE WHEN "
        "s.effective_from IS NULL THEN 0 ELSE 1 END DESC, s.effective_from DESC, s.position DESC "
        "LIMIT 1)"
    )
    op.execute(
        "UPDATE citation SET field = 'state' WHERE field LIKE 'states[%].state' AND parent_id IN "
        "(SELECT id FROM milestone)"
    )
    for name in NEW:
        op.drop_table(name)
    op.drop_table("measure")
    if op.get_bind().dialect.name != "sqlite":
        for name in FOREVER:
            op.execute(f"DROP FUNCTION {name}_frozen")
    # Their identities stay, as the book of changes points at them: nobody sees them any more.
    op.execute(
        "UPDATE record SET deleted_at = updated_at WHERE kind = 'measure' AND deleted_at IS NULL"
    )
    with op.batch_alter_table("plan") as table:
        table.drop_constraint(op.f("fk_plan_lead_id_partner"), type_="foreignkey")
        table.drop_index(op.f("ix_plan_lead_id"))
        for name in ("lead_id", *TEXTS):
            table.drop_column(name)
