/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PPP_NET_DEVICE_H
#define KEEPALIVE_PPP_NET_DEVICE_H

#include "ipcp-protocol.h"
#include "ipv6cp-protocol.h"
#include "lcp-protocol.h"
#include "ppp-configured-device.h"

#include "ns3/event-id.h"
#include "ns3/traced-callback.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A serial interface with PPP and its keepalives, "encapsulation ppp".
 *
 * LCP negotiates the link (RFC 1661); while it is Opened the line protocol is up, IPCP and IPV6CP
 * negotiate addresses, and an Echo-Request goes out every interval. When VerdictRule says that too
 * many of them went unanswered, the line protocol goes down and the link is negotiated anew: Ios
 * and Linux start over at once, Pppd terminates the link first, and begins again RetryAfter later.
 *
 * An interval of zero switches this end's keepalives off. It still answers those of the peer.
 *
 * While LCP is Opened the MTU is no larger than the peer's MRU, so that IP fragments.
 *
 * What can be negotiated is fixed when the simulation begins.
 */
class PppNetDevice : public PppConfiguredDevice, private LcpProtocol::Owner
{
  public:
    /// A control packet, as "debug ppp negotiation" and "debug ppp packet" show it.
    struct ControlRecord
    {
        uint16_t protocol;                       //!< PPP protocol number
        PppControlProtocol::Direction direction; //!< whether it came or goes
        PppControlProtocol::State state;         //!< state before it had any effect
        Ptr<const Packet> packet;                //!< from its code on
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppNetDevice();
    ~PppNetDevice() override;

    PppNetDevice(const PppNetDevice&) = delete;
    PppNetDevice& operator=(const PppNetDevice&) = delete;

    /**
     * @brief The Link Control Protocol.
     * @return its end of it, null before the simulation begins
     */
    const LcpProtocol* GetLcp() const
    {
        return m_lcp.get();
    }

    /**
     * @brief The control protocol of IPv4.
     * @return its end of it, null before the simulation begins
     */
    const IpcpProtocol* GetIpcp() const
    {
        return m_ipcp.get();
    }

    /**
     * @brief The control protocol of IPv6.
     * @return its end of it, null before the simulation begins
     */
    const Ipv6cpProtocol* GetIpv6cp() const
    {
        return m_ipv6cp.get();
    }

    // inherited from NetDevice
    uint16_t GetMtu() const override
    {
        const uint16_t mtu = SerialNetDevice::GetMtu();
        return m_lcp && m_lcp->IsOpened() ? std::min(mtu, m_lcp->GetRemote().mru) : mtu;
    }

    // inherited from ProbingNetDevice
    int64_t AssignStreams(int64_t stream) override;
    void SetControlPlaneStalled(bool stalled) override;

    /**
     * @brief Signature of the Control trace source.
     * @param record the packet
     */
    typedef void (*ControlTracedCallback)(const ControlRecord& record);

    /**
     * @brief Signature of the Timeout trace source.
     * @param protocol PPP protocol number
     * @param state state in which its Restart timer expired
     */
    typedef void (*TimeoutTracedCallback)(uint16_t protocol, PppControlProtocol::State state);

    /**
     * @brief Signature of the EchoReply trace source.
     * @param received identifier of the Echo-Reply
     * @param sent identifier of the last Echo-Request
     */
    typedef void (*EchoReplyTracedCallback)(uint8_t received, uint8_t sent);

    /**
     * @brief Signature of the LayerState trace source.
     * @param protocol PPP protocol number
     * @param opened whether it is Opened now
     */
    typedef void (*LayerStateTracedCallback)(uint16_t protocol, bool opened);

  protected:
    void DoInitialize() override;
    void DoDispose() override;
    void StartProtocol() override;
    void StopProtocol() override;
    void ForgetState() override;
    void RestartKeepalive() override;
    void HandleVerdict(LinkTransition transition, LineCause cause) override;
    bool IsProbeNeeded() override;
    void SendProbe() override;
    std::optional<DropReason> Encapsulate(Ptr<Packet> packet, uint16_t protocolNumber) override;
    void ReceiveFrame(Ptr<Packet> frame) override;

  private:
    // inherited from LcpProtocol::Owner
    void SendControl(uint16_t protocol, Ptr<Packet> packet) override;
    void ThisLayerUp(uint16_t protocol) override;
    void ThisLayerDown(uint16_t protocol) override;

    void ThisLayerStarted(uint16_t /* protocol */) override
    {
    }

    void ThisLayerFinished(uint16_t protocol) override;
    void ControlDropped(uint16_t protocol, Ptr<const Packet> packet, DropReason reason) override;
    void ControlTrace(uint16_t protocol,
                      PppControlProtocol::Direction direction,
                      Ptr<const Packet> packet,
                      PppControlProtocol::State state) override;

    void ControlTimeout(uint16_t protocol, PppControlProtocol::State state) override
    {
        m_timeoutTrace(protocol, state);
    }

    void EchoReplied(uint8_t identifier, uint32_t magic) override;
    void LineLooped() override;
    void ProtocolRejected(uint16_t protocol) override;

    /**
     * @brief A packet of a control protocol arrived.
     * @param protocol whose it is
     * @param packet from its code on
     * @param bytes size of the frame
     */
    void ReceiveControl(PppControlProtocol& protocol, Ptr<Packet> packet, uint32_t bytes);
    /**
     * @brief A user packet arrived.
     * @param packet the packet
     * @param bytes size of the frame
     * @param protocolNumber its EtherType
     */
    void ReceiveUser(Ptr<Packet> packet, uint32_t bytes, uint16_t protocolNumber);
    /// Start the keepalives, if the link is Opened.
    void StartKeepalive();
    /// A terminated link begins again.
    void Reopen();
    /// Take the address that the peer assigned.
    void AdoptAddress();
    /// Create the protocols from the attributes.
    void CreateProtocols();

    std::unique_ptr<LcpProtocol> m_lcp;           //!< the link
    std::unique_ptr<IpcpProtocol> m_ipcp;         //!< IPv4 on it
    std::unique_ptr<Ipv6cpProtocol> m_ipv6cp;     //!< IPv6 on it
    int64_t m_stream{-1};                         //!< first random stream, -1 for automatic ones
    EventId m_reopenEvent;                        //!< a terminated link begins again
    LineCause m_downCause{LineCause::LCP_CLOSED}; //!< why the link leaves Opened
    uint8_t m_lastEchoId{0};                      //!< identifier of the last Echo-Request
    bool m_heardTraffic{false};                   //!< user traffic came since the last tick
    bool m_dropped{false};                        //!< the frame being received was dropped
    Ptr<const Packet> m_receiving;                //!< the frame being received, if it is traced
    uint32_t m_receivedBytes{0};                  //!< size of the frame being received

    TracedCallback<const ControlRecord&> m_controlTrace; //!< control packet, both ways
    TracedCallback<uint16_t, PppControlProtocol::State> m_timeoutTrace; //!< Restart timer expired
    TracedCallback<uint8_t, uint8_t> m_echoReplyTrace; //!< Echo-Reply: received id, sent id
    TracedCallback<uint16_t, bool> m_layerStateTrace;  //!< a protocol opened or left that state
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PPP_NET_DEVICE_H */
