/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_KEEPALIVE_NET_DEVICE_H
#define KEEPALIVE_KEEPALIVE_NET_DEVICE_H

#include "detection-event.h"
#include "drop-reason.h"
#include "line-protocol.h"
#include "node-part.h"

#include "ns3/mac48-address.h"
#include "ns3/net-device.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What an interface has done so far.
 *
 * Every packet handed to Send is in txPackets or in txDrops. Every packet that reached the
 * interface from below is in rxPackets or in rxDrops. Keepalives count among the packets.
 */
struct InterfaceCounters
{
    uint64_t txPackets{0};       //!< packets sent, keepalives included
    uint64_t txBytes{0};         //!< bytes sent, all headers of this interface included
    uint64_t txDrops{0};         //!< packets that could not be sent
    uint64_t rxPackets{0};       //!< packets accepted, keepalives included
    uint64_t rxBytes{0};         //!< bytes accepted, all headers of this interface included
    uint64_t rxDrops{0};         //!< packets that were refused
    uint64_t keepalivesSent{0};  //!< own keepalives sent
    uint64_t keepalivesHeard{0}; //!< keepalives, or answers to own ones, that arrived
    uint64_t keepaliveBytes{0};  //!< bytes of both, all headers of this interface included
    uint64_t reflected{0};       //!< keepalives of the peer sent back to it, or answered
    Time lastInput;              //!< when a packet was last accepted; zero if never
    Time lastOutput;             //!< when a packet was last sent; zero if never
};

/**
 * @ingroup keepalive
 * @brief A NetDevice with a line protocol: what all interfaces of this module have in common.
 *
 * It is the twenty overrides that every NetDevice writes alike, the administrative state, power,
 * the counters and the trace sources. Subclasses add the packets.
 *
 * The interface carries user traffic while it is powered, enabled and its line protocol is up;
 * IsLinkUp says so, and link-change callbacks tell of changes.
 */
class KeepaliveNetDevice : public NetDevice, public NodePart
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    ~KeepaliveNetDevice() override;

    KeepaliveNetDevice(const KeepaliveNetDevice&) = delete;
    KeepaliveNetDevice& operator=(const KeepaliveNetDevice&) = delete;

    /**
     * @brief The interface's name on a console.
     * @return a name such as "Tunnel0"
     */
    std::string GetName() const;

    /**
     * @brief Name the interface.
     * @param name a name such as "Tunnel0"
     */
    void SetName(const std::string& name);

    /**
     * @brief The operator's "shutdown" and "no shutdown".
     * @param up true for "no shutdown": the interface starts afresh
     */
    void SetAdminUp(bool up);

    /**
     * @brief Whether the operator lets the interface work.
     * @return false after SetAdminUp(false)
     */
    bool IsAdminUp() const;

    // inherited from NodePart; what a stall does is for the subclass to say
    void SetPowered(bool powered) override;

    /**
     * @brief Whether the node has power.
     * @return false after SetPowered(false)
     */
    bool IsPowered() const;

    /**
     * @brief Whether this end trusts the other: the verdict in force.
     * @return true while the line protocol is up
     */
    bool IsLineUp() const;

    /**
     * @brief Hold the line protocol down, or no longer, whatever the mechanism here says: what
     *        watches the same peer, such as BFD, has a verdict of its own.
     * @param held whether it is held down
     * @param cause why
     */
    void SetLineHeldDown(bool held, LineCause cause);

    /**
     * @brief When the verdict last changed.
     * @return the time; zero if never
     */
    Time GetLastLineChange() const;

    /**
     * @brief What the interface has done so far.
     * @return the counters
     */
    const InterfaceCounters& GetCounters() const;

    /**
     * @brief The mechanism that watches this line.
     * @return its name, such as "gre"
     */
    const std::string& GetMechanism() const;

    // inherited from NetDevice
    void SetIfIndex(const uint32_t index) override;
    uint32_t GetIfIndex() const override;
    Ptr<Channel> GetChannel() const override;
    void SetAddress(Address address) override;
    Address GetAddress() const override;
    bool SetMtu(const uint16_t mtu) override;
    uint16_t GetMtu() const override;
    bool IsLinkUp() const override;
    void AddLinkChangeCallback(Callback<void> callback) override;
    bool IsBroadcast() const override;
    Address GetBroadcast() const override;
    bool IsMulticast() const override;
    Address GetMulticast(Ipv4Address multicastGroup) const override;
    Address GetMulticast(Ipv6Address addr) const override;
    bool IsBridge() const override;
    bool IsPointToPoint() const override;
    bool SendFrom(Ptr<Packet> packet,
                  const Address& source,
                  const Address& dest,
                  uint16_t protocolNumber) override;
    Ptr<Node> GetNode() const override;
    void SetNode(Ptr<Node> node) override;
    bool NeedsArp() const override;
    void SetReceiveCallback(NetDevice::ReceiveCallback cb) override;
    void SetPromiscReceiveCallback(NetDevice::PromiscReceiveCallback cb) override;
    bool SupportsSendFrom() const override;

    /**
     * @brief Signature of the KeepaliveTx and KeepaliveRx trace sources.
     * @param keepalive the keepalive from its own outermost header on: the inner IP header of a
     *        GRE keepalive, the frame header of a serial link
     * @param counter keepalives sent since the last one was answered: after this one was counted
     *        when sent, before it is reset when received
     */
    typedef void (*KeepaliveTracedCallback)(Ptr<const Packet> keepalive, uint32_t counter);

    /**
     * @brief Signature of the AdminState trace source.
     * @param up true if the operator enabled the interface, false if it was shut
     */
    typedef void (*AdminStateTracedCallback)(bool up);

    /**
     * @brief Signature of the Power trace source.
     * @param powered true if the node booted, false if it lost its power
     */
    typedef void (*PowerTracedCallback)(bool powered);

    /**
     * @brief Signature of the BytesTx and BytesRx trace sources.
     * @param bytes size of the packet with all headers of this interface
     */
    typedef void (*BytesTracedCallback)(uint32_t bytes);

  protected:
    /**
     * @brief Create a powered and enabled interface whose line protocol is up.
     * @param mechanism name of the mechanism that watches the line, such as "gre"
     * @param name its name on a console until it is given another one, such as "Tunnel0"
     */
    KeepaliveNetDevice(const std::string& mechanism, const char* name);

    /**
     * @brief Say in what state the line protocol starts, on boot and whenever it is enabled.
     * @param trusting true, the default, to trust the peer until shown otherwise; false for a
     *        protocol that must first agree with it
     */
    void SetTrusting(bool trusting);

    /**
     * @brief In what state the line protocol starts.
     * @return what SetTrusting said
     */
    bool IsTrusting() const;

    /**
     * @brief The physical line below works, or does not: without it the protocol is stopped.
     * @param up true, as in the beginning, if it works
     */
    void SetPhysicalUp(bool up);

    /**
     * @brief Whether the physical line below works.
     * @return false after SetPhysicalUp(false)
     */
    bool IsPhysicalUp() const;

    void DoInitialize() override;
    void DoDispose() override;

    /// Start the subclass's protocol from nothing. Called at the start, on enable and on boot.
    virtual void StartProtocol() = 0;
    /// Stop the subclass's protocol. Called on shutdown and on crash.
    virtual void StopProtocol() = 0;
    /// Forget what survives a shutdown, but not a loss of power.
    virtual void ForgetState();
    /// The operator or the power changed: tell the line below, if it has a signal for that.
    virtual void UpdateSignals();

    /**
     * @brief Whether the interface may do anything at all.
     * @return true while started, powered, enabled and physically up
     */
    bool IsRunning() const;

    /**
     * @brief The line protocol, for the subclass to apply its verdicts to.
     * @return the line protocol
     */
    LineProtocol& GetLineProtocol();

    /**
     * @brief Account for a packet that was sent.
     * @param bytes its size with all headers of this interface
     */
    void CountTx(uint32_t bytes);

    /**
     * @brief Account for a packet that was accepted.
     * @param bytes its size with all headers of this interface
     */
    void CountRx(uint32_t bytes);

    /**
     * @brief The one exit of packets that cannot be sent.
     * @param packet the packet
     * @param reason why
     */
    void DropTx(Ptr<const Packet> packet, DropReason reason);

    /**
     * @brief The one exit of packets that are refused.
     * @param packet the packet
     * @param reason why
     */
    void DropRx(Ptr<const Packet> packet, DropReason reason);

    /**
     * @brief Hand a packet to the node.
     * @param packet the packet, starting with the payload protocol's header
     * @param protocolNumber its EtherType
     */
    void ForwardUp(Ptr<Packet> packet, uint16_t protocolNumber);

    InterfaceCounters m_counters; //!< what happened so far

    TracedCallback<Ptr<const Packet>> m_macTxTrace;   //!< packet accepted for sending
    TracedCallback<Ptr<const Packet>> m_macRxTrace;   //!< packet handed to the node
    TracedCallback<Ptr<const Packet>> m_snifferTrace; //!< packet as a packet capture sees it
    TracedCallback<Ptr<const Packet>, DropReason> m_dropTrace;      //!< packet that went no further
    TracedCallback<Ptr<const Packet>, uint32_t> m_keepaliveTxTrace; //!< own keepalive sent
    TracedCallback<Ptr<const Packet>, uint32_t> m_keepaliveRxTrace; //!< evidence of life heard

  private:
    /**
     * @brief Complete an event with node and device, and fire the LineProtocol trace.
     * @param event the event
     */
    void ReportLine(DetectionEvent& event);
    /**
     * @brief Start or stop the protocol, whichever the states now call for.
     * @param cause why the line protocol changes with it
     */
    void UpdateRunning(LineCause cause);

    LineProtocol m_line;                     //!< up or down
    bool m_initialized{false};               //!< the simulation has begun
    bool m_adminUp{true};                    //!< the operator lets it work
    bool m_powered{true};                    //!< the node has power
    bool m_physicalUp{true};                 //!< the line below works
    bool m_trusting{true};                   //!< the line protocol starts up
    bool m_running{false};                   //!< the protocol runs
    std::string m_name;                      //!< name on a console
    Ptr<Node> m_node;                        //!< the node
    uint32_t m_ifIndex{0};                   //!< index of this device on the node
    uint16_t m_mtu{1500};                    //!< largest payload in bytes
    Mac48Address m_address;                  //!< an address, because every NetDevice has one
    NetDevice::ReceiveCallback m_rxCallback; //!< the node
    NetDevice::PromiscReceiveCallback m_promiscRxCallback; //!< the node, promiscuously
    /// the verdict changed
    TracedCallback<const DetectionEvent&> m_lineProtocolTrace;
    TracedCallback<bool> m_adminStateTrace;  //!< the operator shut or enabled it
    TracedCallback<bool> m_powerTrace;       //!< the node lost its power or booted
    TracedCallback<uint32_t> m_bytesTxTrace; //!< a packet was counted as sent
    TracedCallback<uint32_t> m_bytesRxTrace; //!< a packet was counted as accepted
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_KEEPALIVE_NET_DEVICE_H */
