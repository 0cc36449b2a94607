"""What the product still has to do at a moment."""

from sqlalchemy import text

_LOOKED_AT = (
    "work_order",
    "follow_up",
    "process_instance",
    "reservation",
    "transfer",
    "old_part",
    "purchase",
)
_DUE = " + ".join(f"(SELECT count(*) FROM {one} WHERE next_due_at <= :now)" for one in _LOOKED_AT)

# One statement, so that all counts are of one moment: what is due now, not finished, and first in its row.
UNFINISHED = text(
    f"""
    SELECT (SELECT count(*) FROM kf_account WHERE dirty AND due_at <= :now)
         + (SELECT count(*) FROM inbox i WHERE i.state = 'pending' AND i.next_try_at <= :now
            AND NOT EXISTS (SELECT 1 FROM inbox e
                WHERE e.sender_key = i.sender_key AND e.state = 'pending' AND e.seq < i.seq))
         + {_DUE}
         + (SELECT count(*) FROM sla_clock WHERE next_at <= :now)
         + (SELECT count(*) FROM sla_snooze WHERE due_at <= :now)
         + (SELECT count(*) FROM draft WHERE ready_at <= :now)
         + (SELECT count(*) FROM group_request WHERE due_at <= :now)
         + (SELECT count(*) FROM outbox o WHERE o.state = 'pending' AND o.due_at <= :now
            AND NOT EXISTS (SELECT 1 FROM outbox e
                WHERE e.lane = o.lane AND e.state = 'pending' AND e.seq < o.seq
                AND (e.due_at <= :now OR e.subject_id IS NOT DISTINCT FROM o.subject_id)))
    """
)
