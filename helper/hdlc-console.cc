/* SPDX-License-Identifier: GPL-2.0-only */

#include "hdlc-console.h"

namespace ns3
{
namespace keepalive
{

HdlcConsole::HdlcConsole(ConsoleTranscript& transcript)
    : SerialConsole(transcript)
{
}

void
HdlcConsole::Watch(Ptr<HdlcNetDevice> device, const std::string& router)
{
    Interface* interface = WatchInterface(device, router);
    device->TraceConnectWithoutContext("KeepaliveTick",
                                       MakeBoundCallback(&HdlcConsole::Tick, interface));
    device->TraceConnectWithoutContext("InterfaceReset",
                                       MakeBoundCallback(&HdlcConsole::Reset, interface));
}

void
HdlcConsole::Tick(Interface* interface, const HdlcNetDevice::TickRecord& tick)
{
    Say(interface,
        interface->device->GetName() +
            ConsoleTranscript::Format(": HDLC myseq %u, mineseen %u%s, yourseen %u, line %s%s",
                                      tick.mySequence,
                                      tick.mineSeen,
                                      tick.fresh ? "*" : "",
                                      tick.yourSeen,
                                      tick.lineUp ? "up" : "down",
                                      tick.looped ? " (looped)" : ""));
}

void
HdlcConsole::Reset(Interface* interface, uint64_t /* resets */)
{
    Say(interface, "HD(0): Reset from 0x203758");
    Say(interface, "HD(0): Asserting DTR");
    Say(interface, "HD(0): Asserting DTR and RTS");
}

std::vector<std::string>
HdlcConsole::DescribeEncapsulation(Ptr<SerialNetDevice> device) const
{
    return {"  Encapsulation HDLC, loopback not set, " + DescribeKeepalive(device)};
}

bool
HdlcConsole::IsLooped(Ptr<SerialNetDevice> device) const
{
    return DynamicCast<HdlcNetDevice>(device)->GetSequence().IsLooped();
}

uint64_t
HdlcConsole::GetResets(Ptr<SerialNetDevice> device) const
{
    return DynamicCast<HdlcNetDevice>(device)->GetResets();
}

} // namespace keepalive
} // namespace ns3
