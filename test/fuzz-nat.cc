/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief libFuzzer target: IPv4 packets of any bytes, from either side of a NAT or firewall.
 *
 * The first byte chooses how the box behaves. Each packet that follows has two bytes in front: its
 * length, and where it comes from and whether its addresses and protocol are made sensible, which
 * chance alone would not do. What is left to the router itself ends there: what ns-3's own
 * protocols make of garbage is another story.
 */

#include "ns3/boolean.h"
#include "ns3/enum.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/nat-box.h"
#include "ns3/nat-helper.h"
#include "ns3/node-container.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

/// A router that is a box, with an interface inside and one outside.
struct Network
{
    NodeContainer nodes;           //!< the router, a host inside, one outside
    NetDeviceContainer devices[2]; //!< inside and outside
    Ptr<Ipv4L3Protocol> ipv4;      //!< of the router
    Ptr<NatBox> box;               //!< the box
};

/**
 * @brief Make the network.
 * @return the network, which lives for ever
 */
static Network*
MakeNetwork()
{
    auto* network = new Network;
    network->nodes = NodeContainer(3);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(network->nodes);
    SimpleNetDeviceHelper link;
    link.SetNetDevicePointToPointMode(true);
    for (uint32_t i = 0; i < 2; i++)
    {
        const NodeContainer ends(network->nodes.Get(0), network->nodes.Get(i + 1));
        network->devices[i] = link.Install(ends);
        Ipv4AddressHelper addresses(i == 0 ? "10.0.0.0" : "198.51.100.0", "255.255.255.0");
        addresses.Assign(network->devices[i]);
    }
    network->ipv4 = network->nodes.Get(0)->GetObject<Ipv4L3Protocol>();
    Ipv4StaticRoutingHelper().GetStaticRouting(network->ipv4)->SetDefaultRoute("198.51.100.2", 2);
    network->box = NatHelper("rfc").Install(network->devices[1].Get(0));
    for (uint32_t i = 0; i < 2; i++)
    {
        // What leaves the router is not received.
        network->nodes.Get(i + 1)->GetObject<Ipv4L3Protocol>()->SetDown(1);
    }
    Simulator::Stop(Seconds(1));
    Simulator::Run();
    return network;
}

/// The end of what is forwarded.
static void
Forward(Ptr<Ipv4Route>, Ptr<const Packet>, const Ipv4Header&)
{
}

/// The end of what goes to a group.
static void
ForwardMulticast(Ptr<Ipv4MulticastRoute>, Ptr<const Packet>, const Ipv4Header&)
{
}

/// The end of what is for the router itself.
static void
Deliver(Ptr<const Packet>, const Ipv4Header&, uint32_t)
{
}

/// The end of what has no route.
static void
Fail(Ptr<const Packet>, const Ipv4Header&, Socket::SocketErrno)
{
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
    static Network* network = MakeNetwork();
    const uint8_t choice = data[0];
    const char* profiles[] = {"rfc", "linux-conntrack", "home-gateway", "rfc"};
    network->box->SetPowered(false);
    network->box->SetAttribute("Profile", StringValue(profiles[choice & 3]));
    network->box->SetAttribute("Firewall", BooleanValue((choice & 4) != 0));
    network->box->SetAttribute(
        "Unknown",
        EnumValue((choice & 8) != 0 ? NatSettings::RST : NatSettings::SILENT_DROP));
    network->box->SetAttribute("LastPort", UintegerValue((choice & 16) != 0 ? 3 : 0));
    network->box->SetPowered(true);

    size_t at = 1;
    while (at + 2 <= size)
    {
        const size_t length = std::min<size_t>(data[at], size - at - 2);
        const uint8_t how = data[at + 1];
        std::vector<uint8_t> bytes(data + at + 2, data + at + 2 + length);
        at += 2 + length;
        bytes.resize(std::max<size_t>(bytes.size(), 20));
        // ns-3 itself asserts on a wrong version or length before the box sees the packet.
        bytes[0] = 0x45;
        bytes[2] = static_cast<uint8_t>(bytes.size() >> 8);
        bytes[3] = static_cast<uint8_t>(bytes.size());
        const bool outside = (how & 1) != 0;
        if ((how & 2) != 0)
        {
            const uint8_t protocols[] = {1, 6, 17, 47};
            const std::vector<uint8_t> host{10, 0, 0, 2};
            const std::vector<uint8_t> nat{198, 51, 100, 1};
            const std::vector<uint8_t> remote{198, 51, 100, 2};
            const std::vector<uint8_t>& inner = (choice & 4) != 0 ? host : nat;
            const std::vector<uint8_t>& source = outside ? remote : host;
            const std::vector<uint8_t>& target = outside ? inner : ((how & 32) != 0 ? nat : remote);
            bytes[6] = bytes[7] = 0;
            bytes[8] |= 2;
            bytes[9] = protocols[how >> 2 & 3];
            std::copy(source.begin(), source.end(), bytes.begin() + 12);
            std::copy(target.begin(), target.end(), bytes.begin() + 16);
        }
        Ipv4Header header;
        Ptr<Packet> packet = Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
        packet->RemoveHeader(header);
        Ptr<NetDevice> device = network->devices[outside ? 1 : 0].Get(0);
        network->ipv4->GetRoutingProtocol()->RouteInput(packet,
                                                        header,
                                                        device,
                                                        MakeCallback(&Forward),
                                                        MakeCallback(&ForwardMulticast),
                                                        MakeCallback(&Deliver),
                                                        MakeCallback(&Fail));
        if ((how & 64) != 0)
        {
            Simulator::Stop(Seconds(how >> 7 != 0 ? 40 : 400));
            Simulator::Run();
        }
    }
    network->box->Flush();
    Simulator::Stop(Seconds(1));
    Simulator::Run();
    return 0;
}
