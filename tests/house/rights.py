"""Who may call which endpoint: the table that `test_endpoints` holds the app against."""

from tests.house import annexes, rights_of_data, rights_of_partners
from tests.house.rights_of_docs import TABLE_OF_DOCS
from tests.house.rights_of_followers import TABLE_OF_FOLLOWERS
from tests.house.rights_of_lists import TABLE_OF_LISTS
from tests.house.rights_of_people import TABLE_OF_PEOPLE

EVERYBODY = ("administrator", "secretariat", "member", "other_member", "partner", "public")
"""The order of the letters: A allowed, F forbidden, H hidden (404), G gone (410), S sign in."""
TABLE = f"""{TABLE_OF_PEOPLE}{TABLE_OF_DOCS}{TABLE_OF_FOLLOWERS}{rights_of_partners.TABLE}
{rights_of_data.TABLE}
GET home.index                AAAAAA
GET home.about                AAAAAA
GET home.accessibility        AAAAAA
GET search.index              AAAAAA
GET history.everything        AAAAAA
GET static                    AAAAAA
GET signin.sign_in            AAAAAA
POST signin.sign_in           SSSSSS
GET signin.code               AAAAAS
POST signin.code              AAAAAS
GET signin.prove              AAAAAS
POST signin.prove             AAAAAS
POST signin.sign_out          AAAAAA
GET invitations.forgot        AAAAAA
POST invitations.forgot       AAAAAA
GET invitations.set_password  GGGGGG
POST invitations.set_password GGGGGG
GET invitations.email         AAAAAS
POST invitations.email        AAAAAS
GET invitations.confirm_email GGGGGG
POST invitations.confirm_email GGGGGG
GET bulk.initiatives          AAAAAS
POST bulk.initiatives         AAAAAS
GET bulk.initiatives_whole    HHHHHS
POST bulk.initiatives_whole   HHHHHS
GET bulk.commitments_whole    HHHHHS
POST bulk.commitments_whole   HHHHHS
GET bulk.commitments          AAAAAS
POST bulk.commitments         AAAAAS

GET gaps.index                AAAAAA
GET gaps.as_xlsx              AAAAAA
GET gaps.as_csv               AAAAAA
GET holders.index             AAAAAA
GET freshness.index           AAFFFS
GET dashboard.index           AAAAAA
GET timeline.index            AAAAAA
GET dashboard.chart           AAAAAA
GET dashboard.response        AAAHHH
GET calendar.index            AAAAAA
GET calendar.public           AAAAAA
GET calendar.personal         AAAAAA
POST calendar.make            AAAAAS
POST calendar.revoke          AAAAAS
GET rounds.index              AAAAAS
GET rounds.new                AAFFFS
POST rounds.new               AAFFFS
GET rounds.show               AAAHHS
POST rounds.remind            AAFFFS
POST rounds.close             AAFFFS
GET rounds.frozen             AAFFFS
GET rounds.compared           AAFFFS
GET rounds.report             FFAHHS
POST rounds.report            FFAHHS
POST rounds.no_change         FFAHHS
GET review.queue              AAFFFS
GET review.revision           AAAHHS
POST review.adopt             AAFHHS
GET review.send_back          AAFHHS
POST review.send_back         AAFHHS
POST review.retract           FFAHHS
POST review.take_back         FFAHHS
GET admin.people              AFFFFS
GET admin.person              AFFFFS
POST admin.person             AFFFFS
GET admin.new_person          AFFFFS
POST admin.new_person         AFFFFS
GET admin.password            AFFFFS
POST admin.password           AFFFFS
GET admin.factors             AFFFFS
POST admin.factors            AFFFFS
GET admin.access              AFFFFS
POST admin.invite             AFFFFS
POST admin.clear_factor       AFFFFS
POST admin.end_session        AFFFFS
POST admin.end_sessions       AFFFFS
POST admin.revoke_token       AFFFFS
GET admin.index               AAFFFS
GET admin.vocabularies        AAFFFS
GET admin.vocabulary          AAFFFS
GET admin.new_term            AAFFFS
POST admin.new_term           AAFFFS
GET admin.term                AAFFFS
POST admin.term               AAFFFS
GET admin.conventions         AAFFFS
GET admin.recess              AAFFFS
POST admin.recess             AAFFFS
GET admin.window              AAFFFS
POST admin.window             AAFFFS
POST admin.drop               AAFFFS
GET admin.readings            AAFFFS
POST admin.confirm_anchor     HHFFFS
POST admin.reread             HHFFFS
GET api-root.index            AAAAAA
GET api-history.index         AAAAAA
GET api-gaps.index            AAAAAA
GET api-holders.index         AAAAAA
GET api-root.slashed          AAAAAA
GET api-rounds.index          AAAAAS
POST api-rounds.create        AAFFFS
GET api-rounds.show           AAAHHS
GET api-rounds.snapshot       AAFFFS
POST api-rounds.remind        AAFFFS
POST api-rounds.close         AAFFFS
GET api-progress.index        AAAAAA
GET api-calendar.index        AAAAAA
GET api-docs.openapi_json     AAAAAA
GET api-vocabularies.index    AAAAAA
GET api-vocabularies.show     AAAAAA
"""
# Of kinds: * those that the core group logs, + those that the secretariat keeps. Of a record
# there are three: published, a draft kept by the organisation of "member", and removed.
# What has a key (a proposal, report, file, round, session, token …) is of "member", see keys.py.
TABLE_OF_KINDS = f"""{TABLE_OF_LISTS}{rights_of_partners.TABLE_OF_KINDS}
GET *.index          AAAAAA
GET +.index          AAAAAA
GET *.as_xlsx        AAAAAA
GET +.as_xlsx        AAAAAA
GET *.as_csv         AAAAAA
GET +.as_csv         AAAAAA
GET *.upload         AAAAAS
GET +.upload         AAFFFS
POST *.upload        AAAAAS
POST +.upload        AAFFFS
GET *.preview        HHAHHS
GET +.preview        HAFFFS
POST *.preview       HHAHHS
POST +.preview       HAFFFS
GET *.new            AAAAAS
GET +.new            AAFFFS
POST *.new           AAAAAS
POST +.new           AAFFFS
GET *.similar        AAAAAS
GET +.similar        AAFFFS
GET *.edit           AAAFFS AAAHHH HHHHHH
GET +.edit           AAAFFS AAFHHH HHHHHH
POST *.edit          AAAFFS AAAHHH HHHHHH
POST +.edit          AAAFFS AAFHHH HHHHHH
POST *.submit        AAFFFS AAAHHH HHHHHH
POST +.submit        AAFFFS AAFHHH HHHHHH
GET *.send_back      AAFFFS AAFHHH HHHHHH
GET +.send_back      AAFFFS AAFHHH HHHHHH
POST *.send_back     AAFFFS AAFHHH HHHHHH
POST +.send_back     AAFFFS AAFHHH HHHHHH
GET *.show           AAAAAA AAAHHH GGHHHH
GET +.show           AAAAAA AAAHHH GGHHHH
GET *.history        AAAAAA AAAHHH AAHHHH
GET +.history        AAAAAA AAAHHH AAHHHH
GET *.put_back       AAFFFS HHHHHH HHHHHH
GET +.put_back       AAFFFS HHFHHH HHHHHH
POST *.put_back      AAFFFS HHHHHH HHHHHH
POST +.put_back      AAFFFS HHFHHH HHHHHH
GET *.updates        AAAAAA AAAHHH HHHHHH
GET *.report         AAAFFS FFFHHH HHHHHH
POST *.report        AAAFFS FFFHHH HHHHHH
POST *.no_change     AAAFFS FFFHHH HHHHHH
POST *.release_update AAFFHH HHHHHH HHHHHH
GET *.files          AAAAHH HHHHHH HHHHHH
POST *.files         AAAFHH HHHHHH HHHHHH
GET *.file           AAAAHH HHHHHH HHHHHH
GET *.publish        AAFFFS AAFHHH HHHHHH
GET +.publish        AAFFFS AAFHHH HHHHHH
POST *.publish       AAFFFS AAFHHH HHHHHH
POST +.publish       AAFFFS AAFHHH HHHHHH
POST *.archive       AAFFFS AAFHHH HHHHHH
POST +.archive       AAFFFS AAFHHH HHHHHH
GET *.withdraw       AAFFFS AAFHHH HHHHHH
GET +.withdraw       AAFFFS AAFHHH HHHHHH
POST *.withdraw      AAFFFS AAFHHH HHHHHH
POST +.withdraw      AAFFFS AAFHHH HHHHHH
GET *.remove         AAFFFS AAAHHH HHHHHH
GET +.remove         AAFFFS AAFHHH HHHHHH
POST *.remove        AAFFFS AAAHHH HHHHHH
POST +.remove        AAFFFS AAFHHH HHHHHH
GET *.restore        AAAAAA AAAHHH AAHHHH
GET +.restore        AAAAAA AAAHHH AAHHHH
POST *.restore       HHHHHH HHHHHH AAHHHH
POST +.restore       HHHHHH HHHHHH AAHHHH
GET *.hand_over      AAFFFS AAFHHH HHHHHH
GET +.hand_over      AAFFFS AAFHHH HHHHHH
POST *.hand_over     AAFFFS AAFHHH HHHHHH
POST +.hand_over     AAFFFS AAFHHH HHHHHH
GET *.merge          AAFFFS AAFHHH HHHHHH
GET +.merge          AAFFFS AAFHHH HHHHHH
POST *.merge         AAFFFS AAFHHH HHHHHH
POST +.merge         AAFFFS AAFHHH HHHHHH

GET api-*.index      AAAAAA
GET api-+.index      AAAAAA
GET api-*.show       AAAAAA AAAHHH GGHHHH
GET api-*.history    AAAAAA AAAHHH AAHHHH
GET api-+.show       AAAAAA AAAHHH GGHHHH
GET api-+.history    AAAAAA AAAHHH AAHHHH
POST api-*.create    AAAAAS
POST api-+.create    AAFFFS
PATCH api-*.revise   AAAFFS AAAHHH GGHHHH
PATCH api-+.revise   AAAFFS AAFHHH GGHHHH
DELETE api-*.remove  AAFFFS AAAHHH GGHHHH
DELETE api-+.remove  AAFFFS AAFHHH GGHHHH
POST api-*.put_back  AAFFFS AAAHHH GGHHHH
POST api-+.put_back  AAFFFS AAFHHH GGHHHH
POST api-*.hand_over AAFFFS AAFHHH GGHHHH
POST api-+.hand_over AAFFFS AAFHHH GGHHHH
POST api-*.merge     AAFFFS AAFHHH GGHHHH
POST api-+.merge     AAFFFS AAFHHH GGHHHH
POST api-*.publish   AAFFFS AAFHHH GGHHHH
POST api-+.publish   AAFFFS AAFHHH GGHHHH
POST api-*.submit    AAFFFS AAAHHH GGHHHH
POST api-+.submit    AAFFFS AAFHHH GGHHHH
POST api-*.send_back AAFFFS AAFHHH GGHHHH
POST api-+.send_back AAFFFS AAFHHH GGHHHH
POST api-*.withdraw  AAFFFS AAFHHH GGHHHH
POST api-+.withdraw  AAFFFS AAFHHH GGHHHH
POST api-*.archive   AAFFFS AAFHHH GGHHHH
POST api-+.archive   AAFFFS AAFHHH GGHHHH
GET api-*.updates    AAAAAA AAAHHH GGHHHH
POST api-*.report    AAAFFS FFFHHH GGHHHH
POST api-*.release_update AAFFFS HHFHHH GGHHHH
GET api-*.files      AAAAHH HHHHHH GGHHHH
POST api-*.add_file  AAAFHH HHHHHH GGHHHH
GET api-*.file       AAAAHH HHHHHH GGHHHH
GET api-*.revisions  AAAAAA AAAHHH GGHHHH
GET api-+.revisions  AAAAAA AAAHHH GGHHHH
GET api-*.revision   AAAHHH HHHHHH AAAHHH
GET api-+.revision   AAAHHH HHHHHH AAAHHH
PUT api-*.replace    FFAHHH HHHHHH FFHHHH
PUT api-+.replace    FFAHHH HHHHHH FFHHHH
DELETE api-*.take_back FFAHHH HHHHHH FFHHHH
DELETE api-+.take_back FFAHHH HHHHHH FFHHHH
DELETE api-*.retract FFAHHH HHHHHH FFAHHH
DELETE api-+.retract FFAHHH HHHHHH FFAHHH
POST api-*.adopt     AAFHHH HHHHHH GGHHHH
POST api-+.adopt     AAFHHH HHHHHH GGHHHH
POST api-*.return_revision AAFHHH HHHHHH HHHHHH
POST api-+.return_revision AAFHHH HHHHHH HHHHHH
"""
# Of one kind alone.
TABLE_OF_ONE_KIND = f"""{annexes.TABLE}
GET commitments.chain     AAAAAA
GET partners.calendar     AAAAAA AAAHHH HHHHHH
GET api-commitments.chain AAAAAA
GET api-documents.hub     AAAAAA
GET api-initiatives.occurrences AAAAAA AAAHHH HHHHHH
POST meetings.minutes     AAFFFS
POST meetings.agree       AAFFFS
POST api-meetings.minutes AAFFFS
POST api-meetings.agree   HHFFFS
GET annexes.as_file       AAAAAA
POST annexes.write_file   AAAAAA
GET api-annexes.as_document AAAAAA
GET plans.versions        AAAAFS
GET plans.freeze          AAFFFS
POST plans.freeze         AAFFFS
GET plans.version         AAAAFS
GET plans.adopt_version   AAFFFS
POST plans.adopt_version  AAFFFS
GET plans.comparison      AAAAFS
GET plans.document        AAAAAA
GET plans.readiness       AAAAFS
GET api-plans.versions    AAAAFS
POST api-plans.freeze     AAFFFS
GET api-plans.version     AAAAFS
POST api-plans.adopt_version AAFFFS
GET api-plans.comparison  AAAAFS
GET api-plans.readiness   AAAAFS
GET api-plans.document    AAAAAA
"""


def rows(table: str) -> dict[str, list[str]]:
    """Who may, by method and endpoint: once, or once per situation of a record."""
    lines = [line.split() for line in table.split("\n") if line.strip()]
    return {f"{method} {endpoint}": letters for method, endpoint, *letters in lines}


EXPECTED = {**rows(TABLE), **rows(TABLE_OF_KINDS), **rows(TABLE_OF_ONE_KIND)}
