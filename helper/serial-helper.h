/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SERIAL_HELPER_H
#define KEEPALIVE_SERIAL_HELPER_H

#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/object-factory.h"
#include "ns3/ptr.h"
#include "ns3/serial-channel.h"
#include "ns3/serial-net-device.h"
#include "ns3/trace-helper.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Builds serial lines with HDLC or PPP at their ends.
 *
 * @code
   SerialHelper serial("ns3::keepalive::HdlcNetDevice");
   serial.SetDeviceAttribute("DataRate", StringValue("64kb/s"));
   serial.SetChannelAttribute("Delay", StringValue("5ms"));
   serial.SetKeepalive(Seconds(10), 3);
   NetDeviceContainer ends = serial.Install(a, b);
   serial.AssignStreams(ends, 100);
   @endcode
 *
 * Ends that differ are installed one by one, with InstallEnd, on a line that CreateChannel makes.
 * Captures have the link type of their encapsulation: C_HDLC (104), or PPP (9) unless another is
 * set.
 */
class SerialHelper : public PcapHelperForDevice, public AsciiTraceHelperForDevice
{
  public:
    static constexpr uint32_t LINKTYPE_PPP = 9;         //!< PPP, in pcap files
    static constexpr uint32_t LINKTYPE_PPP_SERIAL = 50; //!< PPP with address and control field
    static constexpr uint32_t LINKTYPE_C_HDLC = 104;    //!< Cisco HDLC, in pcap files

    /**
     * @brief Choose an encapsulation.
     * @param type name of a TypeId derived from SerialNetDevice
     */
    explicit SerialHelper(const std::string& type = "ns3::keepalive::HdlcNetDevice");

    /**
     * @brief Set an attribute of the ends installed from now on.
     * @param name name of the attribute
     * @param value its value
     */
    void SetDeviceAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Set an attribute of the lines built from now on.
     * @param name name of the attribute of SerialChannel
     * @param value its value
     */
    void SetChannelAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Set the kind of queue of the ends installed from now on.
     * @param type name of its TypeId without the type of item, such as "ns3::DropTailQueue"
     * @param maxSize its size, such as "40p" or "64kB"
     */
    void SetQueue(const std::string& type, const std::string& maxSize);

    /**
     * @brief Set the "keepalive" command of the ends installed from now on.
     * @param interval time between keepalives; zero for none
     * @param retries count that brings the line protocol down; 1 or more
     */
    void SetKeepalive(Time interval, uint32_t retries);

    /// Ends installed from now on do not tell ns-3's traffic control when their queue is full.
    void DisableFlowControl();

    /**
     * @brief Set the link type of captures of PPP.
     * @param linkType LINKTYPE_PPP or LINKTYPE_PPP_SERIAL
     */
    void SetPppLinkType(uint32_t linkType);

    /**
     * @brief Build a line and both its ends.
     * @param a one node
     * @param b the other node
     * @return the end on a, then the end on b
     */
    NetDeviceContainer Install(Ptr<Node> a, Ptr<Node> b) const;

    /**
     * @brief Build a line and both its ends.
     * @param nodes two nodes
     * @return the end on the first, then the end on the second
     */
    NetDeviceContainer Install(const NodeContainer& nodes) const;

    /**
     * @brief Build a line without ends.
     * @return the line
     */
    Ptr<SerialChannel> CreateChannel() const;

    /**
     * @brief Build one end of a line.
     * @param node its node
     * @param channel the line, with an end to spare
     * @return the device, named Serial0/0, Serial0/1 and so on by node unless the attribute Name
     *         says otherwise
     */
    Ptr<SerialNetDevice> InstallEnd(Ptr<Node> node, Ptr<SerialChannel> channel) const;

    /**
     * @brief Fix the random streams of ends and of their lines; other devices are passed over.
     * @param devices the devices
     * @param stream first stream number to use
     * @return how many were used
     */
    int64_t AssignStreams(const NetDeviceContainer& devices, int64_t stream) const;

  private:
    void EnablePcapInternal(std::string prefix,
                            Ptr<NetDevice> device,
                            bool promiscuous,
                            bool explicitFilename) override;
    void EnableAsciiInternal(Ptr<OutputStreamWrapper> stream,
                             std::string prefix,
                             Ptr<NetDevice> device,
                             bool explicitFilename) override;

    ObjectFactory m_deviceFactory;        //!< makes the ends
    ObjectFactory m_channelFactory;       //!< makes the lines
    ObjectFactory m_queueFactory;         //!< makes the queues
    bool m_flowControl{true};             //!< tell traffic control when a queue is full
    uint32_t m_pppLinkType{LINKTYPE_PPP}; //!< of captures of PPP
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SERIAL_HELPER_H */
