"""SpiffWorkflow's step beside ours, in memory, where somebody has installed it; it is no dependency."""

import importlib
import importlib.util
import json
import time
from uuid import UUID

from bench.process_fill import NOW
from bootstrap.process_files import SHIPPED, read_file
from domain.engine import process as engine
from domain.engine.process import ProcessState
from domain.engine.process.definition import Assign
from domain.policies.process_fields import compile_rule
from domain.policies.process_reading import read_definition

TIMES = 2000


class OneColleague:
    """A directory of one person who decides everything, so that only the engine is measured."""

    def people(self, who: Assign, data: object, initiator: str) -> tuple[str, ...]:
        """Return the one."""
        return ("boss",)

    def substitute(self, person: str, now: object) -> str | None:
        """Return nobody."""
        return None

    def manager(self, person: str) -> str | None:
        """Return nobody."""
        return None

    def active(self, person: str) -> bool:
        """Return that everybody is there."""
        return True

    def admins(self) -> tuple[str, ...]:
        """Return the one."""
        return ("boss",)


def compare(steps: int) -> None:
    """Print how many steps a second both engines decide without a database, each state written and read."""
    times = max(TIMES, steps)
    print(f"   engine alone         {_ours(times):8,.0f} steps/s (approvals; JSON and back each step)")
    if importlib.util.find_spec("SpiffWorkflow") is None:
        print("   SpiffWorkflow        not installed")
        return
    print(f"   SpiffWorkflow        {_spiff(times):8,.0f} steps/s (bare tasks; JSON and back each step)")


def _ours(times: int) -> float:
    definition = read_definition(read_file(SHIPPED / "purchase.yaml"))
    directory, done, begin = OneColleague(), 0, time.perf_counter()
    for number in range(times):
        state, _ = engine.start(
            definition,
            instance_id=UUID(int=number + 1),
            initiator="me",
            data={"amount_fen": 100_000},
            version=1,
            now=NOW,
            directory=directory,
            compile=compile_rule,
        )
        done += 1
        while state.status == "running":
            state = ProcessState.model_validate(json.loads(state.stored()))
            task = next(one for one in state.tasks if one.status == "open")
            agree = engine.Agree(actor=task.assignee, task=task.id)
            state, _ = engine.step(
                definition, state, agree, now=NOW, directory=directory, compile=compile_rule
            )
            done += 1
    return done / (time.perf_counter() - begin)


def _spiff(times: int) -> float:
    """Run a chain of three manual tasks; imported here and nowhere else, because it may not be there."""
    specs = importlib.import_module("SpiffWorkflow.specs")
    workflow_module = importlib.import_module("SpiffWorkflow.workflow")
    wanted = importlib.import_module("SpiffWorkflow.util.task").TaskState.READY
    kept = importlib.import_module("SpiffWorkflow.serializer.json").JSONSerializer()
    spec = specs.WorkflowSpec(name="claim", addstart=True)
    last = spec.start
    for name in ("head", "finance", "end"):
        task = specs.Simple(spec, name)
        last.connect(task)
        last = task
    done, begin = 0, time.perf_counter()
    for _ in range(times):
        workflow = workflow_module.Workflow(spec)
        while not workflow.is_completed():
            workflow = workflow_module.Workflow.deserialize(kept, workflow.serialize(kept))
            workflow.get_next_task(state=wanted).run()
            done += 1
    return float(done / (time.perf_counter() - begin))
