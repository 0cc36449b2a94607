"""Whatever anybody does in whatever order, a work order stays on its table; played by a state machine."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID, uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from domain.dispatching.commands import DispatchWorkOrder
from domain.kernel.messages import Command
from domain.kernel.notices import Notice
from domain.survey.commands import FinishFollowUp, RateService, RecordFollowUp
from domain.workorder import closing_commands as closing
from domain.workorder import commands as orders
from domain.workorder import field_commands as field
from domain.workorder.details import HoldReason, OrderType, Payer, Priority
from domain.workorder.events import WorkOrderAccepted
from domain.workorder.lifecycle.closing import ACCEPTANCE_SKIPS, FOLLOW_UP_SKIPS
from domain.workorder.report import ServiceReport
from domain.workorder.status import ENDED, OPEN, UNASSIGNED, UNDER_WAY, Status
from domain.workorder.timeline import segments, totals
from tests.support.builders import CHEN, CHEN_CHAT, LI, ORDER, QIAN, WANG, ZHAO
from tests.support.life import HE, OTHER, Life

PEOPLE = st.sampled_from([LI, WANG, ZHAO, QIAN, CHEN, HE])
TECHNICIANS = st.sampled_from([LI, WANG])
REASON = st.sampled_from(["", " ", "在外地", *ACCEPTANCE_SKIPS[:2], *FOLLOW_UP_SKIPS[:2]])
RESULTS = st.sampled_from(["solved", "unsolved", "unreachable"])
WHOLE = ServiceReport(cause="电容击穿", remedy="更换电容", hours=Decimal("1.5"))
REPORTS = st.sampled_from([WHOLE, ServiceReport(), WHOLE.model_copy(update={"hours": None})])
FAR = 60
"""How many steps may have been taken before the first one at random; ten lead from new to closed."""
ON, ASIDE = 9, 14
"""A walk takes the detour of a number if there is one, else up to `ON` the step that is due, or an aside."""
SELDOM = 3
"""What ends a life early is done once in so many tries."""


class LifeOfAWorkOrder(Life):
    """Random people try random things at one work order, one after the other."""

    @initialize(luck=st.randoms(use_true_random=True))
    def it_has_come_far(self, luck: Random) -> None:
        """Begin anywhere in the loop, also in a later lap, on a straight way or with detours."""
        for _ in range(luck.randint(0, FAR)):
            way = luck.randint(0, ASIDE)
            others = self.other_ways(way)
            if way > ON:
                self.tries(self.asides(way)[way - ON - 1])
            elif way < len(others):
                assert self.tries(others[way]())
            else:
                self.the_right_person_goes_on()

    @rule(actor=PEOPLE | st.just(ZHAO), technician=TECHNICIANS, again=st.booleans())
    def offer(self, actor: UUID, technician: UUID, again: bool) -> None:
        kind = orders.ReassignWorkOrder if again else orders.OfferWorkOrder
        facts: dict[str, Any] = {"technician_id": technician, "expires_at": self.now + timedelta(minutes=10)}
        self.tries(kind(reason="指定", **facts, **self.base(actor)))

    @rule(actor=PEOPLE, current=st.booleans(), accepts=st.booleans(), reason=REASON)
    def answer(self, actor: UUID, current: bool, accepts: bool, reason: str) -> None:
        if accepts:
            accept = orders.AcceptWorkOrder(seen_version=self.seen(current), **self.base(actor))
            self.tries(accept)
        else:
            self.tries(orders.DeclineWorkOrder(reason=reason, **self.base(actor)))

    @rule(minutes=st.integers(0, 20))
    def the_clock_looks(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.tries(orders.ExpireOffer(**self.base("system")))

    @rule(kind=st.sampled_from(["recommend", "leave", "extend", "dispatch"]))
    def the_clock_decides(self, kind: str) -> None:
        base, later = self.base("system"), self.now + timedelta(minutes=10)
        made: dict[str, Command] = {
            "recommend": orders.RecommendTechnicians(candidates=(LI,), reasons=("近",), **base),
            "leave": orders.LeaveUnassigned(**base),
            "extend": orders.ExtendOffer(expires_at=later, **base),
            "dispatch": DispatchWorkOrder(offer_timeout_s=600, **base),
        }
        self.tries(made[kind])

    @rule(
        actor=TECHNICIANS | PEOPLE,
        kind=st.sampled_from([field.DepartForSite, field.ArriveOnSite, field.StartWork]),
        current=st.booleans() | st.none(),
        late_min=st.none() | st.integers(0, 40),
    )
    def step(
        self, actor: UUID, kind: type[field.StepCommand], current: bool | None, late_min: int | None
    ) -> None:
        base = self.base(actor)
        claimed = None if late_min is None else self.now - timedelta(minutes=late_min)
        version = None if current is None else self.seen(current)
        self.tries(kind(seen_version=version, claimed_at=claimed, **base))

    @rule(actor=TECHNICIANS | PEOPLE, report=REPORTS, amends=st.booleans())
    def report(self, actor: UUID, report: ServiceReport, amends: bool) -> None:
        kind = field.AmendReport if amends else field.CompleteWork
        self.tries(kind(report=report, **self.base(actor)))

    @rule(actor=PEOPLE, reason=st.sampled_from(HoldReason), resumes=st.booleans())
    def hold(self, actor: UUID, reason: HoldReason, resumes: bool) -> None:
        if resumes:
            self.tries(field.ResumeWorkOrder(**self.base(actor)))
        else:
            self.tries(field.HoldWorkOrder(reason=reason, **self.base(actor)))

    @rule(actor=PEOPLE, accepts=st.booleans(), reason=REASON, current=st.booleans() | st.none())
    def judge(self, actor: UUID, accepts: bool, reason: str, current: bool | None) -> None:
        base, version = self.base(actor), None if current is None else self.seen(current)
        if accepts:
            self.tries(closing.SignOffWork(skip_reason=reason, seen_version=version, **base))
        else:
            self.tries(closing.RejectWork(reason=reason, seen_version=version, **base))

    @rule(actor=PEOPLE, kind=st.sampled_from(["settle", "close", "reopen"]), reason=REASON)
    def finish(self, actor: UUID, kind: str, reason: str) -> None:
        base = self.base(actor)
        made: dict[str, Command] = {
            "settle": closing.SettleWorkOrder(amount_fen=100, payer=Payer.CUSTOMER, **base),
            "close": closing.CloseWorkOrder(skip_reason=reason, **base),
            "reopen": closing.ReopenWorkOrder(reason=reason, **base),
        }
        self.tries(made[kind])

    @rule(actor=PEOPLE | st.just(ZHAO), result=RESULTS, of_task=st.booleans())
    def call_the_customer(self, actor: UUID, result: str, of_task: bool) -> None:
        tasks = self.uow.surveys.open_follow_ups(ORDER)
        base = self.base(actor)
        if of_task and tasks:
            del base["work_order_id"]
            self.tries(FinishFollowUp(follow_up_id=tasks[-1].id, result=result, **base))
        else:
            self.tries(RecordFollowUp(result=result, **base))

    @rule(actor=PEOPLE | st.just(CHEN), score=st.integers(0, 6))
    def rate(self, actor: UUID, score: int) -> None:
        self.tries(RateService(rating_id=uuid4(), score=score, **self.base(actor)))

    @rule(
        actor=PEOPLE,
        reason=REASON,
        priority=st.sampled_from(Priority),
        kind=st.sampled_from(OrderType),
        what=st.integers(0, 2),
    )
    def change(self, actor: UUID, reason: str, priority: Priority, kind: OrderType, what: int) -> None:
        base = self.base(actor)
        made: tuple[Command, ...] = (
            orders.ChangePriority(priority=priority, reason=reason, **base),
            orders.ChangeOrderType(type=kind, reason=reason, **base),
            orders.EstimateDuration(minutes=90, reason=reason, **base),
        )
        self.tries(made[what])

    @rule(actor=PEOPLE, to=st.sampled_from(["customer", "technician"]), relays=st.booleans())
    def say(self, actor: UUID, to: str, relays: bool) -> None:
        if relays:
            self.tries(orders.RelayWords(to=to, text="门卫找老张", **self.base(actor)))
        else:
            self.tries(orders.AddWorkOrderNote(kind="text", text="门卫找老张", **self.base(actor)))

    @rule(
        actor=PEOPLE | st.just(ZHAO),
        who=st.just(HE) | st.just(CHEN),
        kind=st.sampled_from(["join", "again", "leave"]),
    )
    def share(self, actor: UUID, who: UUID, kind: str) -> None:
        base = {"person_id": who, **self.base(actor)}
        said: dict[str, Any] = {
            "conversation": CHEN_CHAT,
            "words": "还是不制冷",
            "source_key": f"wecom_kf:{uuid4()}",
        }
        made: dict[str, Callable[[], Command]] = {
            "join": lambda: orders.JoinWorkOrder(**said, **base),
            "again": lambda: orders.ReportAgain(**said, **base),
            "leave": lambda: orders.LeaveWorkOrder(**base),
        }
        self.tries(made[kind]())

    @rule(actor=PEOPLE, seldom=st.integers(0, SELDOM), kind=st.sampled_from(["cancel", "merge", "take in"]))
    def end(self, actor: UUID, seldom: int, kind: str) -> None:
        """Cancel it, merge it into the other one or the other one into it; mostly of no avail."""
        actor = ZHAO if seldom == 0 else QIAN if kind == "cancel" else actor
        made: dict[str, Callable[[], Command]] = {
            "cancel": lambda: orders.CancelWorkOrder(reason="", **self.base(actor)),
            "merge": lambda: orders.MergeWorkOrders(into_id=OTHER, **self.base(actor)),
            "take in": lambda: orders.MergeWorkOrders(into_id=ORDER, **self.base(actor, OTHER)),
        }
        self.tries(made[kind]())

    @rule()
    def the_right_person_goes_on(self) -> None:
        """Take the step that is due, so that the later statuses are reached as often as the first."""
        holder, state = self.order.assignee_id or LI, self.order.state
        ready: dict[str, Any] = {"candidates": (LI,), "reasons": ("近",), "rule": ""}
        offered: dict[str, Any] = {
            "technician_id": LI,
            "expires_at": self.now + timedelta(minutes=10),
            "reason": "指定",
        }
        base, by_zhao = self.base(holder), self.base(ZHAO)
        due: dict[Status, Callable[[], Command]] = {
            Status.NEW: lambda: orders.RecommendTechnicians(**ready, **by_zhao),
            Status.DISPATCHING: lambda: orders.OfferWorkOrder(**offered, **by_zhao),
            Status.OFFERED: lambda: orders.AcceptWorkOrder(**base),
            Status.ACCEPTED: lambda: field.DepartForSite(**base),
            Status.EN_ROUTE: lambda: field.ArriveOnSite(**base),
            Status.ON_SITE: lambda: field.StartWork(**base),
            Status.IN_PROGRESS: lambda: field.CompleteWork(report=WHOLE, **base),
            Status.ON_HOLD: lambda: field.ResumeWorkOrder(**by_zhao),
            Status.COMPLETED: lambda: closing.SignOffWork(**self.base(CHEN)),
            Status.SIGNED_OFF: lambda: closing.SettleWorkOrder(amount_fen=0, payer=Payer.WARRANTY, **by_zhao),
            Status.SETTLED: lambda: closing.CloseWorkOrder(skip_reason="多次联系不上", **by_zhao),
        }
        if state in due:
            assert self.tries(due[state]())

    @rule(way=st.integers(0, 4))
    def the_right_person_goes_another_way(self, way: int) -> None:
        """Decline, hold, reassign, reject, amend, skip, reopen: whatever else is allowed here."""
        if others := self.other_ways(way):
            assert self.tries(others[way % len(others)]())

    def asides(self, number: int) -> list[Command]:
        """Return what the desk may do beside the loop."""
        base, sides = self.base(ZHAO), (len(self.reporters) + number) % 2
        shared = {"person_id": HE, **base}
        said: dict[str, Any] = {
            "conversation": CHEN_CHAT,
            "words": "还是不制冷",
            "source_key": f"wecom_kf:{uuid4()}",
        }
        joins = HE not in self.reporters
        return [
            orders.ChangePriority(priority=list(Priority)[sides], reason="停产", **base),
            orders.ChangeOrderType(type=list(OrderType)[sides], reason="客户投诉", **base),
            orders.JoinWorkOrder(**said, **shared) if joins else orders.LeaveWorkOrder(**shared),
            RateService(rating_id=uuid4(), score=number % 5 + 1, **self.base(CHEN)),
            self.what_nobody_may(),
        ]

    def what_nobody_may(self) -> Command:
        """Return what even the dispatcher may not do here: skip without a reason, open what is open."""
        base = self.base(ZHAO)
        if self.order.state is Status.COMPLETED:
            return closing.SignOffWork(skip_reason="在外地", **base)
        if self.order.state is Status.SETTLED:
            return closing.CloseWorkOrder(skip_reason="在外地", **base)
        if self.order.state in {Status.SIGNED_OFF, Status.CLOSED}:
            return closing.RejectWork(reason="不制冷", **base)
        return closing.ReopenWorkOrder(reason="又坏了", **base)

    def other_ways(self, number: int) -> list[Callable[[], Command]]:
        """Return what the right people may do here instead of the next step."""
        holder, by_zhao = self.base(self.order.assignee_id or LI), self.base(ZHAO)
        later = self.now + timedelta(minutes=10)
        offered: dict[str, Any] = {"technician_id": WANG, "expires_at": later, "reason": "车坏了"}
        waits = list(HoldReason)[number % 4]

        def reassigns() -> Command:
            return orders.ReassignWorkOrder(**offered, **by_zhao)

        def holds() -> Command:
            return field.HoldWorkOrder(reason=waits, **holder)

        ways: dict[Status, list[Callable[[], Command]]] = {
            Status.OFFERED: [
                lambda: orders.DeclineWorkOrder(reason="在外地", **holder),
                lambda: orders.ExtendOffer(expires_at=later, **self.base("system")),
            ],
            **{status: [holds] for status in UNDER_WAY},
            Status.ACCEPTED: [holds, reassigns],
            Status.ON_HOLD: [reassigns],
        }
        return ways.get(self.order.state) or self.ways_back(number)

    def ways_back(self, number: int) -> list[Callable[[], Command]]:
        """Return what the right people may do to finished work instead of the next step."""
        holder, by_zhao = self.base(self.order.assignee_id or LI), self.base(ZHAO)
        customer = self.base(sorted(self.reporters)[number % len(self.reporters)])
        skip = f"{ACCEPTANCE_SKIPS[number % 4]}，已留言"

        def rejects() -> Command:
            return closing.RejectWork(reason="不制冷", **customer)

        def skips() -> Command:
            return closing.SignOffWork(skip_reason=skip, **by_zhao)

        def amends() -> Command:
            return field.AmendReport(report=WHOLE, **holder)

        def calls() -> Command:
            return RecordFollowUp(result="solved", **by_zhao)

        def calls_in_vain() -> Command:
            return RecordFollowUp(result="unsolved", **by_zhao)

        def reopens() -> Command:
            return closing.ReopenWorkOrder(reason="又坏了", **customer)

        ways: dict[Status, list[Callable[[], Command]]] = {
            Status.COMPLETED: [rejects, skips, amends, rejects, reopens],
            Status.SIGNED_OFF: [calls, calls_in_vain, amends, calls, reopens],
            Status.SETTLED: [calls, reopens],
            Status.CLOSED: [reopens],
        }
        return ways.get(self.order.state, [])

    @precondition(lambda self: self.order.state in {*UNDER_WAY, Status.ON_HOLD} and self.order.assignee_id)
    @rule()
    def the_holder_leaves(self) -> None:
        """Let the clock look at the work order of somebody who left; they come back after it."""
        assert self.order.assignee_id is not None
        holder = self.uow.people.known[self.order.assignee_id]
        holder.active, self.order.next_due_at = False, self.now
        assert self.tries(DispatchWorkOrder(offer_timeout_s=600, **self.base("system")))
        holder.active = True

    @precondition(lambda self: self.order.state in {Status.COMPLETED, Status.SETTLED})
    @rule(reason=REASON)
    def the_desk_skips(self, reason: str) -> None:
        """Close or accept for any reason; only a permitted one may do."""
        if self.order.state is Status.COMPLETED:
            self.tries(closing.SignOffWork(skip_reason=reason, **self.base(ZHAO)))
        elif self.order.state is Status.SETTLED:
            self.tries(closing.CloseWorkOrder(skip_reason=reason, **self.base(ZHAO)))

    @invariant()
    def there_is_one_owner_at_most(self) -> None:
        order = self.order
        open_offers = [offer.technician_id for offer in self.uow.work_orders.made if offer.outcome == "open"]
        assert open_offers == ([order.assignee_id] if order.state is Status.OFFERED else [])
        assert (order.assignee_id is None) or order.state not in UNASSIGNED
        assert order.assignee_id is not None or order.state not in UNDER_WAY

    @invariant()
    def only_who_was_asked_accepted(self) -> None:
        accepted = {event.assignee_id for event in self.uow.happened if isinstance(event, WorkOrderAccepted)}
        assert accepted <= self.asked

    @invariant()
    def closed_implies_accepted_or_a_permitted_skip(self) -> None:
        if self.order.state is Status.CLOSED:
            self.insist_on_a_proper_close()

    @invariant()
    def what_stands_on_it_happened_since_it_was_reopened(self) -> None:
        wanted = self.what_stands()
        assert {name: getattr(self.order, name) for name in wanted} == wanted

    @invariant()
    def the_clock_looks_at_nothing_finished(self) -> None:
        assert self.order.next_due_at is not None or self.order.state is not Status.OFFERED
        assert self.order.next_due_at is None or self.order.state in OPEN - UNDER_WAY

    @invariant()
    def its_events_replay_to_the_same_state(self) -> None:
        assert self.replayed() == self.looks()[ORDER]

    @invariant()
    def every_living_card_shows_the_last_version(self) -> None:
        newest: dict[str, Notice] = {}
        for notice in self.uow.notices:
            if notice.living and notice.subject_id == ORDER:
                newest[notice.audience] = notice
        shown = {notice.view["version"] for notice in newest.values()}
        assert shown <= {self.order.version}

    @invariant()
    def its_durations_add_up(self) -> None:
        stretches = segments(self.uow.work_orders.history(ORDER), self.now)
        assert all(one.to_at == two.from_at for one, two in itertools.pairwise(stretches))
        if stretches and self.order.state not in ENDED:
            whole = int(self.now.timestamp()) - int(stretches[0].from_at.timestamp())
            assert sum(totals(stretches).values()) == whole


TestLifeOfAWorkOrder = LifeOfAWorkOrder.TestCase
TestLifeOfAWorkOrder.settings = settings(max_examples=100, stateful_step_count=25, deadline=None)
