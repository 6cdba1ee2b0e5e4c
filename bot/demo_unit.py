"""The demo unit: made-up people in a database of their own."""

import os
from datetime import datetime, UTC
from models.tables.unit import *
from models.roster import Roster
from bot.wiring import open_store

def seed(store, path='/work/main/content/demo/roster.json'):
    import os
    if not os.path.exists(path): path='/work/shared/corpus/roster.json'
    r=Roster.model_validate_json(__import__("pathlib").Path(path).read_text())
    def do(s):
        now=datetime.now(UTC)
        if s.query(MemberRow).count(): return
        def acc(m):
            s.add(m); s.flush(); s.add(AccountRow(channel='sandbox',address=m.name,member_id=m.id,confirmed_at=now))
        for b in r.branches:
            s.add(BranchRow(id=b.id,name=b.name)); s.flush()
            s.add(RoomRow(channel='sandbox',address=b.id,kind='branch',scope=b.id))
            for nm,role in ((b.secretary,'secretary'),(b.deputy,'deputy')):
                if nm: acc(MemberRow(name=nm,role=role,branch_id=b.id,group_id=None,aliases=[],post='',trio='',active=True))
        for g in r.groups:
            s.add(GroupRow(id=g.id,branch_id=g.branch,name=g.name,aliases=list(g.aliases))); s.flush()
            s.add(RoomRow(channel='sandbox',address=g.id,kind='group',scope=g.id))
            for m in g.members:
                acc(MemberRow(name=m.name,role='leader' if m.name==g.leader else 'member',branch_id=g.branch,group_id=g.id,aliases=list(m.aliases),post=m.post,trio=m.trio,active=True))
        s.add(RoomRow(channel='sandbox',address='org',kind='organization',scope=''))
        acc(MemberRow(name='于海',role='duty_officer',branch_id=None,group_id=None,aliases=[],post='',trio='',active=True))
    store.write_now(do)

def seed_demo(settings):
    store = open_store(settings)
    try:
        seed(store)
    finally:
        store.close()
