# SPDX-License-Identifier: GPL-2.0-only
"""A Slurm cluster of one node for a test: munged, slurmctld and slurmd.

For namespaces of network_namespace.py, where the ports are free, and which kill what is left when
the test ends, in whatever way. There must be an interface with an address besides the loopback:
with that alone, the C library finds no address that Slurm could use, not even 127.0.0.1.
"""

import os
import pathlib
import re
import secrets
import socket
import subprocess

from network_namespace import command, find, until

PATIENCE = 20  # seconds for anything that takes one or two
DAEMONS = {"munged": "munge", "slurmctld": "slurm-wlm", "slurmd": "slurm-wlm"}
CONFIGURATION = """\
ClusterName=keepalive
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort=6817
SlurmdPort=6818
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={directory}/munge.socket
CryptoType=crypto/munge
StateSaveLocation={directory}/state
SlurmdSpoolDir={directory}/spool
SlurmctldPidFile={directory}/slurmctld.pid
SlurmdPidFile={directory}/slurmd.pid
MailProg=/bin/true
# Nothing that wants cgroups, accounting or a mail server.
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
# Look for work at once, rather than every minute.
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1,batch_sched_delay=0
SlurmdParameters=config_overrides
ReturnToService=2
NodeName=node NodeHostname={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory=512
PartitionName=all Nodes=node Default=YES MaxTime=10 State=UP
"""


class SlurmCluster:
    """The daemons. Raises RuntimeError, with what they say, where they do not start."""

    def __init__(self, directory, cpus=2):
        self.directory = pathlib.Path(directory)
        self.directory.mkdir()
        for name in ("state", "spool"):
            (self.directory / name).mkdir()
        configuration = self.directory / "slurm.conf"
        configuration.write_text(CONFIGURATION.format(
            host=socket.gethostname().partition(".")[0], directory=self.directory, cpus=cpus),
            encoding="utf-8")
        os.environ["SLURM_CONF"] = str(configuration)
        self.processes = []
        try:
            self._start()
        except RuntimeError:
            self.stop()
            raise

    def _start(self):
        munge, key = self.directory / "munge.socket", self.directory / "munge.key"
        key.write_bytes(secrets.token_bytes(128))
        key.chmod(0o600)
        # --force: the directories above ours may be anybody's.
        self._run("munged", "--foreground", "--force", f"--key-file={key}", f"--socket={munge}",
                  f"--pid-file={self.directory}/munged.pid", f"--seed-file={self.directory}/seed",
                  f"--log-file={self.directory}/munged.log")
        self._wait("munged", munge.exists)
        self._run("slurmctld", "-D")
        self._wait("slurmctld", lambda: self._says("is UP", "scontrol", "ping"))
        self._run("slurmd", "-D", "-N", "node")
        self._wait("slurmd", lambda: self._says("idle", "sinfo", "--noheader", "--format=%T"))

    def _run(self, name, *arguments):
        with open(self.directory / f"{name}.out", "wb") as output:
            # pylint: disable-next=consider-using-with
            self.processes.append(subprocess.Popen([find(name), *arguments], stdout=output,
                                                   stderr=subprocess.STDOUT, cwd=self.directory))

    def _wait(self, name, condition):
        process = self.processes[-1]
        until(lambda: process.poll() is not None or condition(), PATIENCE, 0.05)
        if process.poll() is not None or not condition():
            said = (self.directory / f"{name}.out").read_text(errors="replace").splitlines()
            raise RuntimeError(f"{name} does not start: {said[-1] if said else 'it says nothing'}")

    @staticmethod
    def _says(text, program, *arguments):
        try:
            return text in command(program, *arguments)
        except RuntimeError:
            return False

    @staticmethod
    def jobs():
        """Every job, and every task of an array by itself, that is not long over: what scontrol
        tells, by name."""
        told = command("scontrol", "show", "job", "--oneliner")
        return [dict(re.findall(r"(\w+)=(\S*)", line)) for line in told.splitlines()
                if "JobId=" in line]

    def wait_for_jobs(self, timeout):
        """Wait until no job waits or runs; return whether that came about."""
        return until(lambda: not command("squeue", "--noheader").strip(), timeout, 0.1)

    def stop(self):
        """End the daemons, the last one first."""
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes = []
