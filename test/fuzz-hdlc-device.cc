/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief libFuzzer target: frames of any bytes arrive at a live HDLC interface, one after another.
 *
 * What hdlc-header's fuzzer cannot reach: SLARP with all its consequences, address discovery, and
 * verdicts in between. User traffic ends at the interface, since what ns-3's own protocols make of
 * garbage is another story. The first byte chooses the rule and the switches; then each frame is a
 * byte of what happens before it, a byte of length, and its bytes. Every frame must be counted,
 * once.
 */

#include "ns3/boolean.h"
#include "ns3/enum.h"
#include "ns3/hdlc-net-device.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/serial-helper.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/// A line between two routers, and how many frames have arrived at the second one.
struct Line
{
    NodeContainer nodes;       //!< both
    Ptr<HdlcNetDevice> device; //!< at the second one
    uint64_t arrived{0};       //!< frames that arrived there
};

/**
 * @brief A frame arrived.
 * @param line where
 */
void
Count(Line* line, Ptr<const Packet>)
{
    line->arrived++;
}

/**
 * @brief The end of all user traffic.
 * @return true: taken
 */
bool
Swallow(Ptr<NetDevice>, Ptr<const Packet>, uint16_t, const Address&)
{
    return true;
}

/**
 * @brief Build the line.
 * @return the line, with an interface that is up
 */
Line*
Build()
{
    auto* line = new Line;
    line->nodes = NodeContainer(2);
    InternetStackHelper().Install(line->nodes);
    const NetDeviceContainer ends = SerialHelper().Install(line->nodes);
    line->device = DynamicCast<HdlcNetDevice>(ends.Get(1));
    line->device->SetAttribute("AddressDiscovery", BooleanValue(true));
    line->device->SetReceiveCallback(MakeCallback(&Swallow));
    for (const char* trace : {"PhyRxEnd", "PhyRxDrop"})
    {
        line->device->TraceConnectWithoutContext(trace, MakeBoundCallback(&Count, line));
    }
    Simulator::Stop(Seconds(1));
    Simulator::Run();
    return line;
}

} // namespace

/**
 * @brief Called by libFuzzer with one input after another.
 * @param data the bytes
 * @param size how many
 * @return 0, always
 */
extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size < 1)
    {
        return 0;
    }
    static Line* line = Build();
    const uint8_t choice = data[0];
    line->device->SetAttribute("VerdictRule",
                               EnumValue(static_cast<HdlcNetDevice::VerdictRule>(choice % 7)));
    line->device->SetAttribute("DownWhenLooped", BooleanValue((choice & 16) != 0));
    line->device->SetAttribute("AddressDiscovery", BooleanValue((choice & 32) != 0));
    line->device->SetKeepalive(Seconds((choice & 64) != 0 ? 0 : 1), 3);
    line->device->SetPowered((choice & 128) == 0);

    // Forget an address that was discovered, so that there is something to discover again.
    Ptr<Ipv4> ipv4 = line->nodes.Get(1)->GetObject<Ipv4>();
    const int32_t interface = ipv4->GetInterfaceForDevice(line->device);
    while (interface >= 0 && ipv4->GetNAddresses(interface) > 0)
    {
        ipv4->RemoveAddress(interface, 0);
    }

    const uint64_t others = line->arrived;
    uint64_t injected = 0;
    for (std::size_t at = 1; at + 2 <= size;)
    {
        const uint8_t before = data[at];
        const std::size_t length = std::min<std::size_t>(data[at + 1], size - at - 2);
        Ptr<Packet> frame = Create<Packet>(data + at + 2, static_cast<uint32_t>(length));
        at += 2 + length;
        if ((before & 1) != 0)
        {
            line->device->SetControlPlaneStalled((before & 2) != 0);
        }
        Simulator::ScheduleWithContext(line->nodes.Get(1)->GetId(),
                                       Seconds(0),
                                       &SerialNetDevice::Receive,
                                       line->device,
                                       frame,
                                       (before & 12) != 12);
        injected++;
        Simulator::Stop(MilliSeconds((before & 0xf0) * 10)); // up to a verdict
        Simulator::Run();
    }
    line->device->SetControlPlaneStalled(false);
    const InterfaceCounters& counters = line->device->GetCounters();
    if (counters.rxPackets + counters.rxDrops != line->arrived || line->arrived - others < injected)
    {
        std::abort(); // every frame is in rxPackets or in rxDrops
    }
    return 0;
}
