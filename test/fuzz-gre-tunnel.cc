/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief libFuzzer target: a GRE packet of any bytes arrives at a router with every switch set.
 *
 * What gre-header's fuzzer cannot reach: demultiplexing, the payload's header, the switches,
 * reflection and delivery. User traffic ends at the tunnel: what ns-3's own protocols make of
 * garbage is another story (its TCP header loops for ever over an option of length 0). The first
 * byte chooses the switches and whether the line is up, and whether the others are a packet or
 * changes to a keepalive.
 */

#include "gre-test-network.h"

#include "ns3/boolean.h"
#include "ns3/gre-header.h"
#include "ns3/gre-protocol.h"
#include "ns3/ipv4-interface.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

/**
 * @brief The end of all user traffic.
 * @return true: taken
 */
static bool
Swallow(Ptr<NetDevice>, Ptr<const Packet>, uint16_t, const Address&)
{
    return true;
}

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
    static GreTestNetwork* network = [] {
        GreTestNetwork::Options options;
        options.sequenceNumbers = true;
        auto* made = new GreTestNetwork(options);
        made->b->SetReceiveCallback(MakeCallback(&Swallow));
        Simulator::Stop(Seconds(1));
        Simulator::Run();
        return made;
    }();

    const uint8_t choice = data[0];
    network->b->SetAttribute("DropPayloadToEncapsulator", BooleanValue((choice & 1) != 0));
    network->b->SetAttribute("StrictReversePath", BooleanValue((choice & 2) != 0));
    network->b->SetAttribute("DropLocalSource", BooleanValue((choice & 4) != 0));
    network->b->SetPowered((choice & 8) == 0);
    network->b->SetKeepalive(Seconds((choice & 16) != 0 ? 1 : 0), 1);

    // Either the bytes as they are, or as changes to a keepalive, which chance alone would not
    // find.
    std::vector<uint8_t> bytes(data + 1, data + size);
    if ((choice & 32) != 0)
    {
        Ptr<Packet> keepalive =
            FromHex("00000800 45c0001800010000ff2f00008109090980080808 00000000");
        bytes.resize(std::max<std::size_t>(bytes.size(), keepalive->GetSize()));
        std::vector<uint8_t> base(bytes.size());
        keepalive->CopyData(base.data(), keepalive->GetSize());
        for (std::size_t i = 0; i < bytes.size(); i++)
        {
            bytes[i] ^= base[i];
        }
    }
    Ptr<Packet> packet = Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
    Ipv4Header header;
    header.SetSource("128.8.8.8");
    header.SetDestination("129.9.9.9");
    header.SetProtocol(GreHeader::IP_PROTOCOL);
    header.SetPayloadSize(static_cast<uint16_t>(packet->GetSize()));
    header.SetTtl(255);
    Ptr<Ipv4L3Protocol> ipv4 = network->nodes.Get(1)->GetObject<Ipv4L3Protocol>();
    network->nodes.Get(1)->GetObject<GreProtocol>()->Receive(packet, header, ipv4->GetInterface(1));
    Simulator::Stop(Seconds(3)); // long enough for a verdict
    Simulator::Run();
    network->frames.clear();
    network->drops.clear();
    network->delivered.clear();
    network->eventsA.clear();
    network->eventsB.clear();
    return 0;
}
