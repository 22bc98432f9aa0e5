/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-topology.h"

#include "tcp-keepalive-helper.h"
#include "topology-tools.h"

#include "ns3/address.h"
#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t N_NODES = 4;         //!< R1, A, B, R2
constexpr int64_t STREAM_STACK = 100;   //!< random streams of the IP stacks
constexpr uint8_t TOS_LOW_DELAY = 0x10; //!< what ns-3's priority queue lets pass first

} // namespace

const char* const TcpTopology::ADDRESS_R1 = "10.1.0.1";
const char* const TcpTopology::ADDRESS_R2 = "10.2.0.2";

TcpTopology::TcpTopology(const TcpScenarioConfig& config)
    : m_config(config)
{
    BuildNodes();
    BuildQueue();
    BuildConnection();
}

void
TcpTopology::BuildNodes()
{
    nodes.Create(N_NODES);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(nodes);
    const char* lan = "255.255.255.0";
    const auto& c = m_config;
    r1a = LinkNodes(nodes.Get(R1), nodes.Get(A), c.lanRate, c.lanDelay, "10.1.0.0", lan);
    ab = LinkNodes(nodes.Get(A), nodes.Get(B), c.linkRate, c.linkDelay, "10.0.0.0", lan);
    br2 = LinkNodes(nodes.Get(B), nodes.Get(R2), c.lanRate, c.lanDelay, "10.2.0.0", lan);
    stack.AssignStreams(nodes, STREAM_STACK);

    AddStaticRoute(nodes.Get(R1), "0.0.0.0", "0.0.0.0", "10.1.0.2", r1a.Get(0));
    AddStaticRoute(nodes.Get(R2), "0.0.0.0", "0.0.0.0", "10.2.0.1", br2.Get(1));
    AddStaticRoute(nodes.Get(A), "10.2.0.0", lan, "10.0.0.2", ab.Get(0));
    AddStaticRoute(nodes.Get(B), "10.1.0.0", lan, "10.0.0.1", ab.Get(1));
}

void
TcpTopology::BuildQueue()
{
    // Each interface has one queue. That of A towards B has the size that is configured: shared by
    // all packets, or with bands of which the connection has the first.
    NetDeviceContainer others(r1a, br2);
    others.Add(ab.Get(1));
    TrafficControlHelper::Default().Uninstall(others);
    LimitQueue(ab.Get(0), m_config.queuePackets, m_config.priority);
}

void
TcpTopology::BuildConnection()
{
    server = InstallEnd(nodes.Get(R2), m_config.r2);
    server->SetAttribute("Local",
                         AddressValue(InetSocketAddress(Ipv4Address::GetAny(), m_config.port)));
    client = InstallEnd(nodes.Get(R1), m_config.r1);
    client->SetAttribute("Remote", AddressValue(InetSocketAddress(ADDRESS_R2, m_config.port)));
    client->SetAttribute("ReconnectDelay", TimeValue(m_config.reconnectDelay));
    client->SetAttribute("LongestReconnectDelay", TimeValue(m_config.longestReconnectDelay));
    client->SetAttribute("ConnectTimeout", TimeValue(m_config.connectTimeout));
}

Ptr<TcpKeepaliveApplication>
TcpTopology::InstallEnd(Ptr<Node> node, const TcpScenarioConfig::End& end) const
{
    TcpKeepaliveHelper tcp(end.profile);
    tcp.SetAttribute("KeepaliveEnabled", BooleanValue(end.keepalive));
    tcp.SetAttribute("KeepaliveIdle", TimeValue(end.idle));
    tcp.SetAttribute("KeepaliveInterval", TimeValue(end.interval));
    tcp.SetAttribute("KeepaliveProbes", UintegerValue(end.probes));
    tcp.SetAttribute("UserTimeout", TimeValue(end.userTimeout));
    tcp.SetAttribute("GarbageOctet", BooleanValue(end.garbage));
    tcp.Install(node);

    Ptr<TcpKeepaliveApplication> application = CreateObject<TcpKeepaliveApplication>();
    application->SetAttribute("Tos", UintegerValue(m_config.priority ? TOS_LOW_DELAY : 0));
    application->SetAttribute("DataPeriod", TimeValue(end.dataPeriod));
    application->SetAttribute("DataSize", UintegerValue(end.dataSize));
    node->AddApplication(application);
    return application;
}

} // namespace keepalive
} // namespace ns3
