"""The addresses of people, among the others of administration."""

from ..administration.views import admin
from . import access, persons, rules

both, post = ["GET", "POST"], ["POST"]
ONE = "/people/<int:number>"
admin.add_url_rule("/people", "people", persons.index)
admin.add_url_rule("/people/new", "new_person", persons.new, methods=both)
admin.add_url_rule("/people/second-step", "factors", rules.edit, methods=both)
admin.add_url_rule(ONE, "person", persons.edit, methods=both)
admin.add_url_rule(f"{ONE}/password", "password", persons.password, methods=both)
admin.add_url_rule(f"{ONE}/access", "access", access.show)
admin.add_url_rule(f"{ONE}/invite", "invite", access.invite, methods=post)
admin.add_url_rule(f"{ONE}/second-step/clear", "clear_factor", access.clear_factor, methods=post)
admin.add_url_rule(f"{ONE}/sessions/end", "end_sessions", access.end_sessions, methods=post)
admin.add_url_rule(
    f"{ONE}/sessions/<int:session>/end", "end_session", access.end_session, methods=post
)
admin.add_url_rule(
    "/people/tokens/<int:number>/revoke", "revoke_token", access.revoke_token, methods=post
)
