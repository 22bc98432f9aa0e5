/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-lab.h"

#include "ns3/failure-target.h"
#include "ns3/fd-net-device.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4.h"
#include "ns3/mac48-address.h"
#include "ns3/pcap-file-wrapper.h"
#include "ns3/simulator.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/trace-helper.h"

#include <unistd.h>

namespace ns3
{
namespace keepalive
{

/**
 * @brief ns-3's device on a file descriptor, with a cable that can be cut.
 */
class CuttableFdNetDevice : public FdNetDevice
{
  public:
    /**
     * @brief Cut the cable, or mend it. Neither end is told.
     * @param cut whether it is cut
     */
    void SetCut(bool cut)
    {
        m_cut = cut;
    }

    /**
     * @brief Whether the cable is cut.
     * @return true if it is
     */
    bool IsCut() const
    {
        return m_cut;
    }

    void SetReceiveCallback(NetDevice::ReceiveCallback callback) override
    {
        m_receive = callback;
        FdNetDevice::SetReceiveCallback(MakeCallback(&CuttableFdNetDevice::Receive, this));
    }

    ssize_t Write(uint8_t* buffer, size_t length) override
    {
        return m_cut ? static_cast<ssize_t>(length) : FdNetDevice::Write(buffer, length);
    }

  private:
    /**
     * @brief A frame has arrived, if the cable is whole.
     * @param device this
     * @param packet what is in it
     * @param protocol its type
     * @param source who sent it
     * @return whether anybody wanted it
     */
    bool Receive(Ptr<NetDevice> device,
                 Ptr<const Packet> packet,
                 uint16_t protocol,
                 const Address& source)
    {
        return !m_cut && m_receive(device, packet, protocol, source);
    }

    bool m_cut{false};                    //!< the cable is cut
    NetDevice::ReceiveCallback m_receive; //!< who wants what arrives
};

namespace
{

constexpr int OWN_PORTS = 16000; //!< ports that connections may come from, a few less than all

/**
 * @brief A cut cable: silent, both ways, with no loss of carrier.
 */
class CableCut : public FailureTarget
{
  public:
    /**
     * @brief Create a target.
     * @param device whose cable it is
     */
    explicit CableCut(Ptr<CuttableFdNetDevice> device)
        : m_device(device)
    {
        SetName("cable");
    }

    std::string GetKind() const override
    {
        return "silent";
    }

  private:
    void DoFail() override
    {
        m_device->SetCut(true);
    }

    void DoRepair() override
    {
        m_device->SetCut(false);
    }

    Ptr<CuttableFdNetDevice> m_device; //!< whose cable it is
};

/**
 * @brief A hardware address that is unique where the Internet address is.
 * @param address the Internet address
 * @return 02:00, locally administered, and the four octets
 */
Mac48Address
ToHardwareAddress(Ipv4Address address)
{
    uint8_t octets[6] = {0x02, 0x00};
    address.Serialize(octets + 2);
    Mac48Address hardware;
    hardware.CopyFrom(octets);
    return hardware;
}

/**
 * @brief Write a frame into a capture. A trace sink.
 * @param file the capture
 * @param device where the frame passes
 * @param frame the frame
 */
void
Capture(Ptr<PcapFileWrapper> file, CuttableFdNetDevice* device, Ptr<const Packet> frame)
{
    if (!device->IsCut())
    {
        file->Write(Simulator::Now(), frame);
    }
}

/**
 * @brief Let connections come from other ports than those of the last run.
 *
 * ns-3 begins with the same port and the same sequence number in each run, and the peer may
 * remember the last one. Within a run every connection has another port in any case.
 *
 * @param node whose connections
 */
void
SkipPorts(Ptr<Node> node)
{
    Ptr<TcpL4Protocol> tcp = node->GetObject<TcpL4Protocol>();
    for (int i = getpid() % OWN_PORTS; i > 0; i--)
    {
        tcp->DeAllocate(tcp->Allocate());
    }
}

} // namespace

EthernetLab::EthernetLab(const Config& config, int descriptor)
    : m_node(CreateObject<Node>()),
      m_device(CreateObject<CuttableFdNetDevice>()),
      m_injector(CreateObject<FailureInjector>())
{
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.SetIpv4ArpJitter(false); // nobody else's request could collide with ours
    stack.Install(m_node);

    SkipPorts(m_node);

    m_device->SetAddress(ToHardwareAddress(config.address));
    m_device->SetFileDescriptor(descriptor);
    m_node->AddDevice(m_device);
    Ptr<Ipv4> ipv4 = m_node->GetObject<Ipv4>();
    const uint32_t interface = ipv4->AddInterface(m_device);
    ipv4->AddAddress(interface, Ipv4InterfaceAddress(config.address, config.mask));
    ipv4->SetUp(interface);
    // Now rather than when the simulation starts: the device starts in an event of its own, and
    // loses what is sent before that.
    m_node->Initialize();

    if (config.cutAt.IsStrictlyPositive())
    {
        m_injector->Schedule(CreateObject<CableCut>(m_device), config.cutAt, config.cutFor);
    }
}

EthernetLab::~EthernetLab()
{
    m_injector->Dispose();
    Simulator::Destroy(); // before what its events and traces refer to
}

void
EthernetLab::EnablePcap(const std::string& file)
{
    Ptr<PcapFileWrapper> capture =
        PcapHelper().CreateFile(file, std::ios::out, PcapHelper::DLT_EN10MB);
    m_device->TraceConnectWithoutContext(
        "PromiscSniffer",
        MakeBoundCallback(&Capture, capture, PeekPointer(m_device)));
}

Time
EthernetLab::GetLateness() const
{
    return m_realTime.GetLateness();
}

Ptr<Node>
EthernetLab::GetNode() const
{
    return m_node;
}

Ptr<FailureInjector>
EthernetLab::GetInjector() const
{
    return m_injector;
}

} // namespace keepalive
} // namespace ns3
