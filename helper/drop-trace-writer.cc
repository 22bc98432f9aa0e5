/* SPDX-License-Identifier: GPL-2.0-only */

#include "drop-trace-writer.h"

#include "ns3/simulator.h"

namespace ns3
{
namespace keepalive
{

void
WriteDrop(Ptr<OutputStreamWrapper> file,
          std::string context,
          Ptr<const Packet> packet,
          DropReason reason)
{
    *file->GetStream() << "d " << Simulator::Now().GetSeconds() << ' ' << context << ' '
                       << ToString(reason) << ' ' << *packet << '\n';
}

} // namespace keepalive
} // namespace ns3
