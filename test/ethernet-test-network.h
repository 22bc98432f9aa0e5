/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_TEST_NETWORK_H
#define KEEPALIVE_ETHERNET_TEST_NETWORK_H

#include "ns3/csma-channel.h"
#include "ns3/csma-net-device.h"
#include "ns3/ethernet-keepalive.h"
#include "ns3/ethernet-switch.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief Cables, stations and a record of what happens, for the tests of Ethernet keepalives.
 */

namespace ns3
{
namespace keepalive
{
namespace tests
{

/**
 * @ingroup keepalive-tests
 * @brief An Ethernet of CsmaNetDevices in which the smallest frame takes 100 us, and 10 us of
 * delay.
 *
 * Keepalives are every 10 s from 3 s on. The record has lines of microseconds, who and what.
 */
class EthernetTestNetwork
{
  public:
    EthernetTestNetwork() = default;

    EthernetTestNetwork(const EthernetTestNetwork&) = delete;
    EthernetTestNetwork& operator=(const EthernetTestNetwork&) = delete;

    /**
     * @brief A cable, or a shared medium, between new devices of nodes.
     * @param nodes the nodes
     * @return their devices, with addresses that count from 00:00:00:00:00:01 on
     */
    NetDeviceContainer Cable(const NodeContainer& nodes);

    /**
     * @brief Put a keepalive on a device, and record what it does.
     * @param who its name in the record
     * @param device the device
     * @return the keepalive
     */
    Ptr<EthernetKeepalive> Watch(const std::string& who, Ptr<NetDevice> device);

    /**
     * @brief Make a node a switch, and record what it does.
     * @param who its name in the record
     * @param node the node, with its devices
     * @param learning false for a hub
     * @return the switch
     */
    Ptr<EthernetSwitch> Bridge(const std::string& who, Ptr<Node> node, bool learning);

    /**
     * @brief Send a frame of the loopback protocol at a given time.
     * @param at when
     * @param device who sends it
     * @param source its source address
     * @param destination its destination address
     * @param hex its payload
     */
    void SendAt(Time at,
                Ptr<NetDevice> device,
                const std::string& source,
                const std::string& destination,
                const std::string& hex);

    /**
     * @brief Record the frames that arrive at a device, whomever they are for.
     * @param who its name in the record
     * @param device the device
     */
    void Listen(const std::string& who, Ptr<NetDevice> device);

    /**
     * @brief Have a device send back whatever it gets, unchanged: a loop.
     * @param device the device
     * @param from when it begins
     * @param to when it ends
     */
    void Reflect(Ptr<NetDevice> device, Time from, Time to);

    /**
     * @brief Record the frames that a device puts on the medium.
     * @param device the device
     */
    void Capture(Ptr<NetDevice> device);

    /**
     * @brief Run.
     * @param until when to stop
     */
    void RunUntil(Time until);

    /**
     * @brief The record, or a part of it.
     * @param who whose lines; empty for all
     * @param what how the lines begin behind the name, such as "line"
     * @return the lines, each with its end
     */
    std::string Find(const std::string& who, const std::string& what) const;

    /**
     * @brief The captured frames without their FCS.
     * @return each as hexadecimal text
     */
    const std::vector<std::string>& GetFrames() const;

    /**
     * @brief A device, for what only CSMA devices can do.
     * @param device a CSMA device
     * @return the same
     */
    static Ptr<CsmaNetDevice> ToCsma(Ptr<NetDevice> device);

    /**
     * @brief Pull a device's cable, or plug it in again.
     * @param device the device
     * @param plugged false to pull it
     */
    static void SetPlugged(Ptr<NetDevice> device, bool plugged);

  private:
    /// A line of the record.
    struct Line
    {
        std::string time; //!< microseconds
        std::string who;  //!< whose
        std::string what; //!< what happened
    };

    /// When a device reflects.
    struct Span
    {
        Time from; //!< begin
        Time to;   //!< end
    };

    /**
     * @brief Add a line to the record.
     * @param who whose
     * @param what what happened
     */
    void Record(const std::string& who, const std::string& what);

    // trace sinks; the context is the name
    void LineProtocol(std::string who, const DetectionEvent& event);        //!< LineProtocol
    void KeepaliveTx(std::string who, Ptr<const Packet>, uint32_t counter); //!< KeepaliveTx
    void KeepaliveRx(std::string who, Ptr<const Packet>, uint32_t counter); //!< KeepaliveRx
    void Loop(std::string who, Ptr<const Packet> frame);                    //!< Loop
    void ErrDisable(std::string who, bool disabled);                        //!< ErrDisable
    void AdminState(std::string who, bool up);                              //!< AdminState
    void Forward(std::string who, Ptr<const Packet> frame);                 //!< Forward
    void Ping(std::string who, const EthernetPingResult& result);           //!< Ping
    void Drop(std::string who, Ptr<const Packet>, DropReason reason);       //!< Drop
    void Learn(std::string who, Mac48Address address, uint32_t port);       //!< Learn
    void Frame(std::string who,
               Ptr<const Packet> packet,
               uint32_t port,
               EthernetSwitch::Action action); //!< Frame of a switch
    void PhyTxBegin(Ptr<const Packet> packet); //!< PhyTxBegin of a device

    /**
     * @brief Send a frame now.
     * @param device who sends it
     * @param source its source address
     * @param destination its destination address
     * @param hex its payload
     */
    void Send(Ptr<NetDevice> device, std::string source, std::string destination, std::string hex);

    /**
     * @brief A reflecting device got a frame: a Node's protocol handler.
     * @param device the device
     * @param packet the payload
     * @param protocol its EtherType
     * @param source its source
     * @param destination its destination
     * @param type whom it is for
     */
    void SendBack(Ptr<NetDevice> device,
                  Ptr<const Packet> packet,
                  uint16_t protocol,
                  const Address& source,
                  const Address& destination,
                  NetDevice::PacketType type);

    /**
     * @brief A listening device got a frame: a Node's protocol handler.
     * @param device the device
     * @param packet the payload
     * @param protocol its EtherType
     * @param source its source
     * @param destination its destination
     * @param type whom it is for
     */
    void Hear(Ptr<NetDevice> device,
              Ptr<const Packet> packet,
              uint16_t protocol,
              const Address& source,
              const Address& destination,
              NetDevice::PacketType type);

    std::map<Ptr<NetDevice>, std::string> m_listeners; //!< names of devices that listen
    std::vector<Line> m_lines;                         //!< the record
    std::vector<std::string> m_frames;                 //!< captured frames
    std::map<Ptr<NetDevice>, Span> m_spans;            //!< when devices reflect
    uint32_t m_devices{0};                             //!< devices so far
    int64_t m_stream{1};                               //!< next random stream
};

} // namespace tests
} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_TEST_NETWORK_H */
