/* SPDX-License-Identifier: GPL-2.0-only */

#include "failure-helper.h"

#include "ns3/abort.h"
#include "ns3/channel.h"
#include "ns3/data-rate.h"
#include "ns3/ipv4-line-binder.h"
#include "ns3/keepalive-net-device.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/pointer.h"
#include "ns3/serial-net-device.h"

namespace ns3
{
namespace keepalive
{

Ptr<LinkCut>
FailureHelper::CutLink(Ptr<NetDevice> a, Ptr<NetDevice> b, const std::string& name)
{
    Ptr<LinkCut> cut = CreateObject<LinkCut>();
    cut->SetName(name);
    cut->AddDirection(GetWireTo(a));
    cut->AddDirection(GetWireTo(b));
    return cut;
}

Ptr<LinkCut>
FailureHelper::CutOneWay(Ptr<NetDevice> from, Ptr<NetDevice> to, const std::string& name)
{
    NS_ABORT_MSG_IF(GetPeer(to) != from, "the two devices of link " << name << " are not linked");
    Ptr<LinkCut> cut = CreateObject<LinkCut>();
    cut->SetName(name);
    cut->SetKind("one-way");
    cut->AddDirection(GetWireTo(to));
    return cut;
}

Ptr<LinkCut>
FailureHelper::CutCarrier(Ptr<NetDevice> a, Ptr<NetDevice> b, const std::string& name)
{
    Ptr<LinkCut> cut = CutLink(a, b, name);
    cut->SetKind("carrier");
    for (const auto& device : {a, b})
    {
        Ptr<SerialNetDevice> serial = DynamicCast<SerialNetDevice>(device);
        if (serial)
        {
            Ptr<SerialWire> wire = serial->GetSerialChannel()->GetWireTo(serial);
            cut->AddCarrier(MakeCallback(&SerialWire::DropCarrier, wire),
                            MakeCallback(&SerialWire::RestoreCarrier, wire));
            continue;
        }
        // One for each device, however many targets share it: it counts who holds it down.
        Ptr<Ipv4LineBinder> binder = device->GetObject<Ipv4LineBinder>();
        if (!binder)
        {
            binder = CreateObject<Ipv4LineBinder>();
            binder->SetDevice(device);
            device->AggregateObject(binder);
        }
        cut->AddCarrier(MakeCallback(&Ipv4LineBinder::HoldDown, binder),
                        MakeCallback(&Ipv4LineBinder::Release, binder));
    }
    return cut;
}

Ptr<NodeCrash>
FailureHelper::Crash(Ptr<Node> node, const std::string& name)
{
    Ptr<NodeCrash> crash = CreateObject<NodeCrash>();
    crash->SetName(name);
    crash->AddPartsOf(node);
    for (uint32_t i = 0; i < node->GetNDevices(); i++)
    {
        Ptr<NetDevice> device = node->GetDevice(i);
        if (device->GetChannel()) // neither a tunnel nor the loopback
        {
            crash->AddIncoming(GetWireTo(device));
            crash->AddOutgoing(GetWireTo(GetPeer(device)));
        }
    }
    return crash;
}

Ptr<InterfaceShutdown>
FailureHelper::Shutdown(Ptr<NetDevice> device, const std::string& name)
{
    Ptr<KeepaliveNetDevice> interface = DynamicCast<KeepaliveNetDevice>(device);
    NS_ABORT_MSG_IF(!interface, "interface " << name << " cannot be shut: it is not of keepalive");
    Ptr<InterfaceShutdown> shutdown = CreateObject<InterfaceShutdown>();
    shutdown->SetName(name);
    shutdown->SetDevice(interface);
    return shutdown;
}

Ptr<ControlPlaneStall>
FailureHelper::Stall(Ptr<Node> node, const std::string& name)
{
    Ptr<ControlPlaneStall> stall = CreateObject<ControlPlaneStall>();
    stall->SetName(name);
    stall->AddPartsOf(node);
    return stall;
}

Ptr<DelayStep>
FailureHelper::StepDelay(Ptr<NetDevice> device, Time delay, const std::string& name)
{
    Ptr<DelayStep> step = CreateObject<DelayStep>();
    step->SetName(name);
    step->SetChannel(device->GetChannel(), delay);
    return step;
}

Ptr<LoopbackPlug>
FailureHelper::PlugLoopback(Ptr<NetDevice> device, const std::string& name)
{
    Ptr<LoopbackPlug> plug = CreateObject<LoopbackPlug>();
    plug->SetName(name);
    if (Ptr<SerialNetDevice> serial = DynamicCast<SerialNetDevice>(device))
    {
        plug->SetDevice(serial);
        return plug;
    }
    Ptr<PointToPointNetDevice> link = DynamicCast<PointToPointNetDevice>(device);
    NS_ABORT_MSG_IF(!link,
                    "only serial lines and point-to-point links take a loopback plug, which "
                        << name << " is not");
    plug->SetLink(link, GetOutageModel(link), GetWireTo(GetPeer(link)));
    return plug;
}

void
FailureHelper::SetLoss(Ptr<NetDevice> device, Ptr<ErrorModel> loss)
{
    Ptr<SerialNetDevice> serial = DynamicCast<SerialNetDevice>(device);
    if (serial)
    {
        serial->GetSerialChannel()->GetWireTo(serial)->SetAttribute("ErrorModel",
                                                                    PointerValue(loss));
        return;
    }
    GetOutageModel(device)->SetNext(loss);
}

WireDirection
FailureHelper::GetWireTo(Ptr<NetDevice> receiver)
{
    Ptr<SerialNetDevice> serial = DynamicCast<SerialNetDevice>(receiver);
    if (serial)
    {
        return WireDirection(serial->GetSerialChannel()->GetWireTo(serial));
    }
    return WireDirection(GetOutageModel(receiver));
}

Ptr<OutageErrorModel>
FailureHelper::GetOutageModel(Ptr<NetDevice> receiver)
{
    PointerValue present;
    NS_ABORT_MSG_IF(!receiver->GetAttributeFailSafe("ReceiveErrorModel", present),
                    "a device of type " << receiver->GetInstanceTypeId().GetName()
                                        << " has no ReceiveErrorModel: its link cannot be cut");
    Ptr<OutageErrorModel> model = present.Get<OutageErrorModel>();
    if (model)
    {
        return model;
    }
    model = CreateObject<OutageErrorModel>();
    model->SetNext(present.Get<ErrorModel>());
    DataRateValue rate(DataRate(0));
    GetPeer(receiver)->GetAttributeFailSafe("DataRate", rate);
    model->SetWire(receiver->GetChannel(), rate.Get());
    receiver->SetAttribute("ReceiveErrorModel", PointerValue(model));
    return model;
}

Ptr<NetDevice>
FailureHelper::GetPeer(Ptr<NetDevice> device)
{
    Ptr<Channel> channel = device->GetChannel();
    NS_ABORT_MSG_IF(!channel || channel->GetNDevices() != 2,
                    "only links with exactly two devices can be cut");
    Ptr<NetDevice> first = channel->GetDevice(0);
    return first == device ? channel->GetDevice(1) : first;
}

} // namespace keepalive
} // namespace ns3
