/* SPDX-License-Identifier: GPL-2.0-only */

#include "gre-tunnel-helper.h"

#include "drop-trace-writer.h"

#include "ns3/abort.h"
#include "ns3/ipv4.h"
#include "ns3/log.h"
#include "ns3/names.h"
#include "ns3/nstime.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveGreTunnelHelper");

namespace
{

/**
 * @brief Write a keepalive to an ASCII trace.
 * @param file the trace
 * @param sign '+' for sent, 'r' for returned
 * @param context trace path
 * @param keepalive the keepalive, from its inner IP header on
 */
void
WriteKeepalive(Ptr<OutputStreamWrapper> file,
               char sign,
               std::string context,
               Ptr<const Packet> keepalive,
               uint32_t)
{
    *file->GetStream() << sign << ' ' << Simulator::Now().GetSeconds() << ' ' << context << ' '
                       << *keepalive << '\n';
}

} // namespace

GreTunnelHelper::GreTunnelHelper()
{
    m_factory.SetTypeId(GreTunnelDevice::GetTypeId());
}

void
GreTunnelHelper::SetDeviceAttribute(const std::string& name, const AttributeValue& value)
{
    m_factory.Set(name, value);
}

void
GreTunnelHelper::SetKeepalive(Time interval, uint32_t retries)
{
    m_factory.Set("KeepaliveInterval", TimeValue(interval));
    m_factory.Set("KeepaliveRetries", UintegerValue(retries));
}

void
GreTunnelHelper::SetKey(std::optional<uint32_t> key)
{
    m_key = key;
}

NetDeviceContainer
GreTunnelHelper::Install(Ptr<Node> a,
                         Ipv4Address addressOfA,
                         Ptr<Node> b,
                         Ipv4Address addressOfB) const
{
    NetDeviceContainer ends;
    ends.Add(InstallEnd(a, addressOfA, addressOfB));
    ends.Add(InstallEnd(b, addressOfB, addressOfA));
    return ends;
}

Ptr<GreTunnelDevice>
GreTunnelHelper::InstallEnd(Ptr<Node> node, Ipv4Address local, Ipv4Address remote) const
{
    Ptr<GreProtocol> gre = GetOrAddProtocol(node);
    Ptr<GreTunnelDevice> device = m_factory.Create<GreTunnelDevice>();
    device->SetEndpoints(local, remote, m_key);
    NS_ABORT_MSG_IF(local == remote, "a tunnel from " << local << " to itself");
    NS_ABORT_MSG_IF(!gre->AddTunnel(device),
                    "node " << node->GetId() << " already has a tunnel from " << local << " to "
                            << remote << " with "
                            << (m_key ? "key " + std::to_string(*m_key) : "no key"));
    device->SetGreProtocol(gre);
    device->SetName("Tunnel" + std::to_string(gre->GetNTunnels() - 1));
    node->AddDevice(device);
    return device;
}

Ptr<GreProtocol>
GreTunnelHelper::GetOrAddProtocol(Ptr<Node> node)
{
    Ptr<GreProtocol> gre = node->GetObject<GreProtocol>();
    if (!gre)
    {
        NS_ABORT_MSG_IF(!node->GetObject<Ipv4>(),
                        "node " << node->GetId() << " has no IPv4 stack to put GRE on");
        gre = CreateObject<GreProtocol>();
        node->AggregateObject(gre);
    }
    return gre;
}

int64_t
GreTunnelHelper::AssignStreams(const NetDeviceContainer& devices, int64_t stream) const
{
    int64_t used = 0;
    for (auto i = devices.Begin(); i != devices.End(); ++i)
    {
        Ptr<GreTunnelDevice> device = DynamicCast<GreTunnelDevice>(*i);
        if (device)
        {
            used += device->AssignStreams(stream + used);
        }
    }
    return used;
}

void
GreTunnelHelper::EnablePcapInternal(std::string prefix,
                                    Ptr<NetDevice> device,
                                    bool /* promiscuous */,
                                    bool explicitFilename)
{
    Ptr<GreTunnelDevice> tunnel = DynamicCast<GreTunnelDevice>(device);
    if (!tunnel)
    {
        return;
    }
    PcapHelper pcap;
    const std::string name = explicitFilename ? prefix : pcap.GetFilenameFromDevice(prefix, device);
    // What passes through the tunnel is bare IP: what goes around it is in the underlay's capture.
    Ptr<PcapFileWrapper> file = pcap.CreateFile(name, std::ios::out, PcapHelper::DLT_RAW);
    pcap.HookDefaultSink<GreTunnelDevice>(tunnel, "PromiscSniffer", file);
}

void
GreTunnelHelper::EnableAsciiInternal(Ptr<OutputStreamWrapper> stream,
                                     std::string prefix,
                                     Ptr<NetDevice> device,
                                     bool explicitFilename)
{
    Ptr<GreTunnelDevice> tunnel = DynamicCast<GreTunnelDevice>(device);
    if (!tunnel)
    {
        return;
    }
    Packet::EnablePrinting();
    AsciiTraceHelper ascii;
    Ptr<OutputStreamWrapper> file = stream;
    if (!file)
    {
        const std::string name =
            explicitFilename ? prefix : ascii.GetFilenameFromDevice(prefix, device);
        file = ascii.CreateFileStream(name);
    }
    // '+', 'r' and 'd' as in every ns-3 device; a tunnel has no queue, so there is no '-'.
    const std::string context = "/NodeList/" + std::to_string(device->GetNode()->GetId()) +
                                "/DeviceList/" + std::to_string(device->GetIfIndex()) +
                                "/$ns3::keepalive::GreTunnelDevice/";
    tunnel->TraceConnect("MacTx",
                         context + "MacTx",
                         MakeBoundCallback(&AsciiTraceHelper::DefaultEnqueueSinkWithContext, file));
    tunnel->TraceConnect("MacRx",
                         context + "MacRx",
                         MakeBoundCallback(&AsciiTraceHelper::DefaultReceiveSinkWithContext, file));
    tunnel->TraceConnect("KeepaliveTx",
                         context + "KeepaliveTx",
                         MakeBoundCallback(&WriteKeepalive, file, '+'));
    tunnel->TraceConnect("KeepaliveRx",
                         context + "KeepaliveRx",
                         MakeBoundCallback(&WriteKeepalive, file, 'r'));
    tunnel->TraceConnect("Drop", context + "Drop", MakeBoundCallback(&WriteDrop, file));
}

} // namespace keepalive
} // namespace ns3
