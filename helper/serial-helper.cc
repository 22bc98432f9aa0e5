/* SPDX-License-Identifier: GPL-2.0-only */

#include "serial-helper.h"

#include "drop-trace-writer.h"

#include "ns3/abort.h"
#include "ns3/hdlc-net-device.h"
#include "ns3/net-device-queue-interface.h"
#include "ns3/node.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <set>

namespace ns3
{
namespace keepalive
{

SerialHelper::SerialHelper(const std::string& type)
{
    m_deviceFactory.SetTypeId(type);
    m_channelFactory.SetTypeId(SerialChannel::GetTypeId());
    SetQueue("ns3::DropTailQueue", "100p");
}

// ---- configuration ----

void
SerialHelper::SetDeviceAttribute(const std::string& name, const AttributeValue& value)
{
    m_deviceFactory.Set(name, value);
}

void
SerialHelper::SetChannelAttribute(const std::string& name, const AttributeValue& value)
{
    m_channelFactory.Set(name, value);
}

void
SerialHelper::SetQueue(const std::string& type, const std::string& maxSize)
{
    m_queueFactory = ObjectFactory();
    m_queueFactory.SetTypeId(type + "<Packet>");
    m_queueFactory.Set("MaxSize", StringValue(maxSize));
}

void
SerialHelper::SetKeepalive(Time interval, uint32_t retries)
{
    m_deviceFactory.Set("KeepaliveInterval", TimeValue(interval));
    m_deviceFactory.Set("KeepaliveRetries", UintegerValue(retries));
}

void
SerialHelper::DisableFlowControl()
{
    m_flowControl = false;
}

void
SerialHelper::SetPppLinkType(uint32_t linkType)
{
    NS_ABORT_MSG_IF(linkType != LINKTYPE_PPP && linkType != LINKTYPE_PPP_SERIAL,
                    "link type " << linkType << " of captures of PPP: must be 9 or 50");
    m_pppLinkType = linkType;
}

// ---- building ----

NetDeviceContainer
SerialHelper::Install(Ptr<Node> a, Ptr<Node> b) const
{
    Ptr<SerialChannel> channel = CreateChannel();
    NetDeviceContainer ends;
    ends.Add(InstallEnd(a, channel));
    ends.Add(InstallEnd(b, channel));
    return ends;
}

NetDeviceContainer
SerialHelper::Install(const NodeContainer& nodes) const
{
    NS_ABORT_MSG_IF(nodes.GetN() != 2, "a serial line has two ends, not " << nodes.GetN());
    return Install(nodes.Get(0), nodes.Get(1));
}

Ptr<SerialChannel>
SerialHelper::CreateChannel() const
{
    return m_channelFactory.Create<SerialChannel>();
}

Ptr<SerialNetDevice>
SerialHelper::InstallEnd(Ptr<Node> node, Ptr<SerialChannel> channel) const
{
    uint32_t number = 0;
    for (uint32_t i = 0; i < node->GetNDevices(); i++)
    {
        number += DynamicCast<SerialNetDevice>(node->GetDevice(i)) ? 1 : 0;
    }
    Ptr<SerialNetDevice> device = m_deviceFactory.Create<SerialNetDevice>();
    if (number > 0 && device->GetName() == "Serial0/0")
    {
        device->SetName("Serial0/" + std::to_string(number));
    }
    Ptr<Queue<Packet>> queue = m_queueFactory.Create<Queue<Packet>>();
    device->SetQueue(queue);
    node->AddDevice(device);
    device->Attach(channel);
    if (m_flowControl)
    {
        Ptr<NetDeviceQueueInterface> interface = CreateObject<NetDeviceQueueInterface>();
        interface->GetTxQueue(0)->ConnectQueueTraces(queue);
        device->AggregateObject(interface);
    }
    return device;
}

int64_t
SerialHelper::AssignStreams(const NetDeviceContainer& devices, int64_t stream) const
{
    int64_t used = 0;
    std::set<Ptr<SerialChannel>> lines;
    for (auto i = devices.Begin(); i != devices.End(); ++i)
    {
        Ptr<SerialNetDevice> device = DynamicCast<SerialNetDevice>(*i);
        if (!device)
        {
            continue;
        }
        used += device->AssignStreams(stream + used);
        if (lines.insert(device->GetSerialChannel()).second)
        {
            used += device->GetSerialChannel()->AssignStreams(stream + used);
        }
    }
    return used;
}

// ---- traces ----

void
SerialHelper::EnablePcapInternal(std::string prefix,
                                 Ptr<NetDevice> device,
                                 bool /* promiscuous */,
                                 bool explicitFilename)
{
    Ptr<SerialNetDevice> serial = DynamicCast<SerialNetDevice>(device);
    if (!serial)
    {
        return;
    }
    PcapHelper pcap;
    const std::string name = explicitFilename ? prefix : pcap.GetFilenameFromDevice(prefix, device);
    const uint32_t type = DynamicCast<HdlcNetDevice>(device) ? LINKTYPE_C_HDLC : m_pppLinkType;
    // ns-3 has no name for C_HDLC and PPP_SERIAL, but takes any number.
    Ptr<PcapFileWrapper> file =
        pcap.CreateFile(name, std::ios::out, static_cast<PcapHelper::DataLinkType>(type));
    pcap.HookDefaultSink<SerialNetDevice>(serial, "PromiscSniffer", file);
}

void
SerialHelper::EnableAsciiInternal(Ptr<OutputStreamWrapper> stream,
                                  std::string prefix,
                                  Ptr<NetDevice> device,
                                  bool explicitFilename)
{
    Ptr<SerialNetDevice> serial = DynamicCast<SerialNetDevice>(device);
    if (!serial)
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
    // '+' and '-' at the queue, 'r' and 'd', as with ns-3's own devices.
    const std::string context = "/NodeList/" + std::to_string(device->GetNode()->GetId()) +
                                "/DeviceList/" + std::to_string(device->GetIfIndex()) + "/$" +
                                serial->GetInstanceTypeId().GetName() + "/";
    Ptr<Queue<Packet>> queue = serial->GetQueue();
    queue->TraceConnect("Enqueue",
                        context + "TxQueue/Enqueue",
                        MakeBoundCallback(&AsciiTraceHelper::DefaultEnqueueSinkWithContext, file));
    queue->TraceConnect("Dequeue",
                        context + "TxQueue/Dequeue",
                        MakeBoundCallback(&AsciiTraceHelper::DefaultDequeueSinkWithContext, file));
    serial->TraceConnect("PhyRxEnd",
                         context + "PhyRxEnd",
                         MakeBoundCallback(&AsciiTraceHelper::DefaultReceiveSinkWithContext, file));
    serial->TraceConnect("Drop", context + "Drop", MakeBoundCallback(&WriteDrop, file));
}

} // namespace keepalive
} // namespace ns3
