# SPDX-License-Identifier: GPL-2.0-only
"""FRRouting's bfdd for a test: one peer each, at the other end of a cable. It takes a port of all
addresses, so each needs a network of its own.
"""

import pathlib
import subprocess
import tempfile

from network_namespace import find
from peer_daemon import FrrDaemon


class Bfdd(FrrDaemon):
    """FRRouting's bfdd."""

    name = "bfdd"

    # pylint: disable-next=too-many-arguments
    def __init__(self, cable, directory, *, min_tx=0.3, min_rx=0.3, multiplier=3, passive=False):
        """Timers are in seconds."""
        super().__init__(cable, directory, min_tx=round(min_tx * 1000),
                         min_rx=round(min_rx * 1000), multiplier=multiplier, passive=passive)

    @staticmethod
    def configure(**facts):
        return """\
log file {directory}/log debugging
log timestamp precision 6
debug bfd peer
bfd
 peer {theirs} local-address {ours}
  transmit-interval {min_tx}
  receive-interval {min_rx}
  detect-multiplier {multiplier}
  {passive_line}
 !
!
""".format(**facts, passive_line="passive-mode" if facts["passive"] else "!")

    def start(self):
        # It takes another user's rights, if it has its own.
        self.directory.chmod(0o777)
        super().start()

    def arguments(self):
        return [*super().arguments(), "--bfdctl", str(self.directory / "control")]

    def configure_peer(self, *lines):
        """Change what is configured, as an operator does."""
        self.tell("configure terminal", "bfd",
                  f"peer {self.cable.module_address} local-address {self.cable.linux_address}",
                  *lines)

    def peer(self):
        """All that it shows of its peer."""
        peer, = self.show("bfd peers")
        return peer

    def counters(self):
        """What it has counted."""
        counters, = self.show("bfd peers counters")
        return counters

    def state(self):
        return self.peer()["status"]


def why_not():
    """Why there can be no bfdd here, in the namespaces of the test; None if there can.

    It insists on setting its groups, for which the root user of a namespace of any user's own has
    not the right.
    """
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory)
        path.chmod(0o777)
        (path / "config").touch()
        done = subprocess.run(
            [find("bfdd"), "--dryrun", "-f", str(path / "config"), "-i", str(path / "pid"),
             "--vty_socket", directory, "-z", str(path / "zserv.api"), "--bfdctl",
             str(path / "control")], capture_output=True, text=True, timeout=30, check=False)
        return None if done.returncode == 0 else done.stderr.strip().rpartition("\n")[2]
