from collections import defaultdict
from tests.house.calling import *
from tests import databases
@databases.on_sqlite
def test_print(app, make, api, actors, monkeypatch):
    monkeypatch.setitem(app.config,"WTF_CSRF_ENABLED",False)
    caller=Caller(app,make,api,actors)
    out=defaultdict(set)
    refs={}
    for call in calls(app):
        sits=[SECRETARIATS,MEMBERS] if call.of_a_record else [""]
        for s in sits:
            if s and (call.kind.name,s) not in refs: refs[call.kind.name,s]=caller.record(call.kind,s)
            try: r=caller.outcome(call,refs[call.kind.name,s] if s else "")
            except Exception as e: r=repr(e)[:200]
            out[call.group+(" | "+s if s else "")].add(r)
    with open("/tmp/lab/matrix.txt","w") as f:
        for k in sorted(out): print(k,sorted(out[k]),file=f)
