/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-topology.h"

#include "ethernet-keepalive-helper.h"
#include "failure-helper.h"
#include "topology-tools.h"

#include "ns3/boolean.h"
#include "ns3/csma-helper.h"
#include "ns3/enum.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-line-binder.h"
#include "ns3/pointer.h"
#include "ns3/queue-size.h"
#include "ns3/queue.h"

#include <string>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t N_NODES = 4;           //!< R1, R2, S1, S2
constexpr int64_t STREAM_STACK = 100;     //!< random streams of the IP stacks
constexpr int64_t STREAM_CABLE = 200;     //!< random streams of who waits how long for the medium
constexpr int64_t STREAM_KEEPALIVE = 300; //!< random streams of when keepalives begin

/**
 * @brief Make an IP interface follow its line protocol. A trace sink.
 * @param binder of the interface
 * @param event a change of the line protocol
 */
void
FollowLine(Ipv4LineBinder* binder, const DetectionEvent& event)
{
    binder->SetLine(event.up);
}

} // namespace

const char* const EthernetTopology::ADDRESS_R1 = "10.0.0.1";
const char* const EthernetTopology::ADDRESS_R2 = "10.0.0.2";

EthernetTopology::EthernetTopology(const EthernetScenarioConfig& config)
    : m_config(config)
{
    nodes.Create(N_NODES);
    BuildCables();
    BuildAddresses();
    BuildSwitches();
    BuildKeepalives();
}

void
EthernetTopology::BuildCables()
{
    r1s1 = Link(R1, S1);
    r2s1 = Link(R2, S1);
    s2s1 = Link(S2, S1);
    CsmaHelper cable;
    int64_t stream = STREAM_CABLE;
    for (const auto& link : {r1s1, r2s1, s2s1})
    {
        stream += cable.AssignStreams(link, stream);
    }
}

NetDeviceContainer
EthernetTopology::Link(uint32_t from, uint32_t to) const
{
    CsmaHelper cable;
    cable.SetChannelAttribute("DataRate", DataRateValue(m_config.rate));
    cable.SetChannelAttribute("Delay", TimeValue(m_config.delay));
    const NetDeviceContainer devices = cable.Install(NodeContainer(nodes.Get(from), nodes.Get(to)));
    for (uint32_t i = 0; i < devices.GetN(); i++)
    {
        PointerValue queue;
        devices.Get(i)->GetAttribute("TxQueue", queue);
        queue.Get<Queue<Packet>>()->SetMaxSize(
            QueueSize(QueueSizeUnit::PACKETS, m_config.queuePackets));
        // The rate is the channel's, where a cut would not look for it.
        FailureHelper::GetOutageModel(devices.Get(i))
            ->SetWire(devices.Get(i)->GetChannel(), m_config.rate);
    }
    return devices;
}

void
EthernetTopology::BuildAddresses()
{
    const NodeContainer hosts(nodes.Get(R1), nodes.Get(R2));
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(hosts);
    Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.0");
    addresses.Assign(NetDeviceContainer(r1s1.Get(0), r2s1.Get(0)));
    stack.AssignStreams(hosts, STREAM_STACK);
    // One queue each, of the size that is configured.
    LimitQueue(r1s1.Get(0), m_config.queuePackets, false);
    LimitQueue(r2s1.Get(0), m_config.queuePackets, false);
}

void
EthernetTopology::BuildSwitches()
{
    // The ports are FastEthernet0/1 to 0/3 in the order in which the cables were laid.
    s1 = EthernetKeepaliveHelper::InstallSwitch(nodes.Get(S1));
    s2 = EthernetKeepaliveHelper::InstallSwitch(nodes.Get(S2));
}

void
EthernetTopology::BuildKeepalives()
{
    end1 = InstallEnd(r1s1.Get(0), m_config.r1);
    end2 = InstallEnd(r2s1.Get(0), m_config.r2);
    // The ports expect nothing back: they are full duplex, and look for loops only.
    EthernetKeepaliveHelper helper;
    helper.SetKeepalive(m_config.portInterval, 1);
    helper.SetErrDisableRecovery(m_config.recovery);
    helper.SetAttribute("Return", EnumValue(EthernetKeepalive::NONE));
    const NetDeviceContainer devices(NetDeviceContainer(r1s1.Get(1), r2s1.Get(1)), s2s1.Get(1));
    for (uint32_t port = 0; port < devices.GetN(); port++)
    {
        ports.push_back(helper.Install(devices.Get(port)));
    }
    int64_t stream = STREAM_KEEPALIVE;
    for (const auto& link : {r1s1, r2s1, s2s1})
    {
        stream += EthernetKeepaliveHelper::AssignStreams(link, stream);
    }
}

Ptr<EthernetKeepalive>
EthernetTopology::InstallEnd(Ptr<NetDevice> device, const EthernetScenarioConfig::End& end)
{
    EthernetKeepaliveHelper helper;
    helper.SetKeepalive(end.interval, end.retries);
    helper.SetAttribute("Return", EnumValue(end.returns));
    helper.SetAttribute("LoopDetection", BooleanValue(false)); // that is for switches
    Ptr<EthernetKeepalive> keepalive = helper.Install(device);
    // What is routed goes by the line protocol. The binder lives as long as the keepalive does.
    Ptr<Ipv4LineBinder> binder = CreateObject<Ipv4LineBinder>();
    binder->SetDevice(device);
    device->AggregateObject(binder);
    keepalive->TraceConnectWithoutContext("LineProtocol",
                                          MakeBoundCallback(&FollowLine, PeekPointer(binder)));
    return keepalive;
}

} // namespace keepalive
} // namespace ns3
