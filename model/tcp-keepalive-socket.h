/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_KEEPALIVE_SOCKET_H
#define KEEPALIVE_TCP_KEEPALIVE_SOCKET_H

#include "hold-timer.h"
#include "ns3-compat.h"
#include "tcp-answering-socket.h"
#include "tcp-keepalive-decision.h"

#include "ns3/nstime.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A TCP socket with keepalives, sent and answered as real hosts do it.
 *
 * A probe is a segment that the peer must answer although it says nothing: its sequence number is
 * one below what the peer expects (RFC 9293 section 3.8.4). It carries nothing, or one octet of
 * zero for stacks that answer data only, a stock socket of ns-3 among them. When probes are sent
 * and the peer is given up is up to TcpKeepaliveDecision, what counts as a sign of life to
 * TcpSegmentCheck, all with the defaults of a TcpKeepaliveProfile. Every attribute can be set at
 * any time and takes effect as on Linux: to enable keepalives starts the idle time, to change the
 * idle time starts it from the last sign of life, to change others waits for the timer.
 *
 * Whether enabled or not, probes of the peer are answered: those without data no more often than
 * the profile allows, those with an octet always, and with a D-SACK if SACK is in use.
 *
 * Use it through TcpKeepaliveHelper and the socket factory TcpKeepaliveSocketFactory.
 */
class TcpKeepaliveSocket : public TcpAnsweringSocket
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();
    KEEPALIVE_INSTANCE_TYPE_ID

    TcpKeepaliveSocket();

    /**
     * @brief Create the socket of an accepted connection.
     * @param socket the one that listens; its settings and trace sinks are taken over
     */
    TcpKeepaliveSocket(const TcpKeepaliveSocket& socket);
    ~TcpKeepaliveSocket() override;

    /**
     * @brief When the peer last gave a sign of life.
     * @return the time; that of the handshake at first; zero before it
     */
    Time GetLastLife() const;

    /**
     * @brief Probes sent since then.
     * @return how many
     */
    uint32_t GetUnanswered() const;

    /**
     * @brief Signature of the trace sources KeepaliveTx and KeepaliveRx.
     * @param segment the probe, or what answered it, from the TCP header on
     * @param unanswered probes sent since the last sign of life: after this one was counted when
     *        sent, before the count is reset when received
     */
    typedef void (*KeepaliveTracedCallback)(Ptr<const Packet> segment, uint32_t unanswered);

  protected:
    void DoDispose() override;

    // inherited from TcpAnsweringSocket
    void HandleSettings() override;
    void SendWindowProbe() override;
    void HandleLife(Ptr<const Packet> packet) override;
    void HandleEstablished() override;
    void HandleEnded() override;

    // inherited from TcpSocketBase
    Ptr<TcpSocketBase> Fork() override;

  private:
    // attribute accessors
    void SetKeepaliveEnabled(bool enabled);
    bool IsKeepaliveEnabled() const;
    void SetKeepaliveIdle(Time idle);
    Time GetKeepaliveIdle() const;
    void SetKeepaliveInterval(Time interval);
    Time GetKeepaliveInterval() const;
    void SetKeepaliveProbes(uint32_t probes);
    uint32_t GetKeepaliveProbes() const;
    void SetGarbageOctet(bool octet);
    bool HasGarbageOctet() const;

    /**
     * @brief Start the timer.
     * @param wait time until it expires; zero for at once
     */
    void StartTimer(Time wait);

    /// The keepalive timer expired.
    void KeepaliveTimeout();

    /**
     * @brief Send a probe, of keepalive or of the peer's window.
     * @return it, from its TCP header on
     */
    Ptr<Packet> SendProbe();

    HoldTimer m_timer;               //!< idle, or between probes
    TcpKeepaliveDecision m_decision; //!< what to do when it expires
    Time m_lastLife;                 //!< when the peer last gave a sign of life
    bool m_enabled{false};           //!< keepalives are sent
    Time m_idle;                     //!< T, zero for the profile's
    Time m_interval;                 //!< I, zero for the profile's
    uint32_t m_probes{0};            //!< n, zero for the profile's
    bool m_garbageOctet{false};      //!< an octet even if the profile sends none

    TracedCallback<Ptr<const Packet>, uint32_t> m_keepaliveTxTrace; //!< a probe was sent
    TracedCallback<Ptr<const Packet>, uint32_t> m_keepaliveRxTrace; //!< a probe was answered
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_KEEPALIVE_SOCKET_H */
