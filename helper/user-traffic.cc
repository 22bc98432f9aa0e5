/* SPDX-License-Identifier: GPL-2.0-only */

#include "user-traffic.h"

#include "ns3/inet-socket-address.h"
#include "ns3/on-off-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint16_t PORT = 5001; //!< where the hosts listen

} // namespace

UserTraffic::UserTraffic(DataRate rate, uint32_t packetSize)
    : m_rate(rate),
      m_packetSize(packetSize)
{
}

int64_t
UserTraffic::Install(const Host& first,
                     const Host& second,
                     int64_t stream,
                     TrafficMonitor& monitor) const
{
    if (m_rate.GetBitRate() == 0)
    {
        return 0;
    }
    int64_t next = stream;
    next += InstallFlow(first, second, next, monitor);
    next += InstallFlow(second, first, next, monitor);
    return next - stream;
}

int64_t
UserTraffic::InstallFlow(const Host& from,
                         const Host& to,
                         int64_t stream,
                         TrafficMonitor& monitor) const
{
    OnOffHelper source("ns3::UdpSocketFactory", InetSocketAddress(to.address, PORT));
    source.SetAttribute("OnTime", StringValue("ns3::ConstantRandomVariable[Constant=1e9]"));
    source.SetAttribute("OffTime", StringValue("ns3::ConstantRandomVariable[Constant=0]"));
    source.SetAttribute("DataRate", DataRateValue(m_rate));
    source.SetAttribute("PacketSize", UintegerValue(m_packetSize));
    const ApplicationContainer sources = source.Install(from.node);
    const int64_t used = source.AssignStreams(NodeContainer(from.node), stream);
    PacketSinkHelper sink("ns3::UdpSocketFactory", InetSocketAddress(Ipv4Address::GetAny(), PORT));
    const ApplicationContainer sinks = sink.Install(to.node);
    monitor.Watch(sources.Get(0), sinks.Get(0), from.router + "->" + to.router);
    return used;
}

} // namespace keepalive
} // namespace ns3
