"""Merging on screen and in the API: asked, compared, done, and led on from the old address."""

from collections.abc import Callable

from tests import databases, people
from tests.api.contract import contract
from tests.browsing import Client, SignedIn
from tests.factories import Make

Api = Callable[[str], Client]


def test_the_api_merges_leads_on_and_remembers(make: Make, api: Api, client: Client) -> None:
    gone, into = make.reference("theme"), make.reference("theme")
    boss, anybody = api("secretariat"), api("public")
    path = f"/api/v1/themes/{gone}"
    before = boss.get(path).get_json()["updatedAt"]
    assert boss.post(f"{path}/mergers", json={"into": into}).status_code == 400
    assert boss.post(f"{path}/mergers", json={"into": gone, "reason": "x"}).status_code == 400
    answer = boss.post(f"{path}/mergers", json={"into": into, "reason": "dubbel"})
    assert (answer.status_code, answer.get_json()["reference"]) == (200, into)
    agreed, there = contract(client), f"/api/v1/themes/{into}"
    for method, below, query in (
        *(("GET", "", "fields=name"), ("GET", "/sources", "perPage=5")),
        ("GET", "/external-keys", ""),
    ):
        led = boss.open(f"{path}{below}?{query}", method=method)
        assert (led.status_code, agreed.broken(led, "/themes/{reference}" + below)) == (308, [])
        assert led.headers["Location"].endswith("?".join(filter(None, (there + below, query))))
    for method, below in (("PATCH", ""), ("DELETE", ""), ("POST", "/archivals")):
        refused = boss.open(path + below, method=method, headers={"If-Match": "*"})
        assert agreed.broken(refused, "/themes/{reference}" + below) == []
        assert (refused.status_code, into in refused.get_json()["detail"]) == (410, True)
    change = {"operation": "change", "reference": gone, "payload": {"name": "x"}, "ifMatch": "*"}
    sent = boss.post("/api/v1/batches", json={"operations": [change]})
    result = sent.get_json()["results"][0]
    assert (result["status"], agreed.broken(sent, "/batches")) == (410, [])
    assert into in sent.text
    assert anybody.get(f"{path}?knownAt={before}").get_json()["reference"] == gone
    assert anybody.get(f"{path}/history").get_json()[0]["action"] == "merge"
    assert gone not in anybody.get("/api/v1/themes").text
    assert boss.post(f"{path}/mergers", json={"into": into, "reason": "x"}).status_code == 410


@databases.on_sqlite
def test_the_screens_compare_merge_and_lead_on(
    make: Make, signed_in: SignedIn, client: Client
) -> None:
    gone = make.reference("partner", name="O.V.A.L.", description="Eigen tekst")
    into = make.reference("partner", name="OVAL twee")
    make("initiative", participations=[{"partner": gone, "role": "lead"}])
    boss = signed_in("secretariat")
    asked = boss.page(f"/partners/{gone}/merge")
    assert "Wat ernaar verwijst (1)" in asked.text
    same = boss.submit(asked.form("into").fill(into=gone, reason="x"), status=400)
    assert "Kies een ander gegeven." in same.text
    both = boss.submit(asked.form("into").fill(into=into, reason="dezelfde club"))
    assert "Eigen tekst" in both.text
    assert "OVAL twee" in both.text
    boss.page(f"/partners/{gone}")  # nothing happened yet
    done = boss.submit(both.form("into"))
    assert f"{gone} is hierin samengevoegd." in done.text
    led = client.get(f"/partners/{gone}")
    assert (led.status_code, led.headers["Location"]) == (301, f"/partners/{into}")
    history = client.page(f"/partners/{gone}/history").text
    assert "Samengevoegd op" in history
    assert "Samengevoegd met een ander" in history
    assert people.email("secretariat") not in history
