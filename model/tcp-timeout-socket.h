/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_TIMEOUT_SOCKET_H
#define KEEPALIVE_TCP_TIMEOUT_SOCKET_H

#include "tcp-ending-socket.h"
#include "tcp-keepalive-profile.h"
#include "tcp-retransmission-limit.h"
#include "tcp-window-probe-limit.h"

#include "ns3/nstime.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A TCP socket that retransmits, probes a closed window and gives up as a profile says.
 *
 * What TcpSocketBase does differently, and this class puts right:
 *  - six retransmissions, at most 60 s apart, end a connection, and leave it ESTABLISHED;
 *  - a FIN is repeated for ever, without backoff, and from LAST-ACK by two timers;
 *  - a FIN that waited for data to be sent is not sent if that data was being retransmitted;
 *  - a closed window is probed with data that lacks the flag ACK, every 6 s to 60 s, for ever,
 *    and also if there is no data; data in flight is then not retransmitted any more.
 *
 * The timeout is that of RFC 6298 with the profile's bounds: the attributes MinRto,
 * ClockGranularity and PersistTimeout have no effect. DataRetries is tcp_retries2; it has no effect
 * with solaris and rfc1122, which count time. It, ConnTimeout and ConnCount are what the profile
 * says until they are set to something else than the defaults of ns-3 when the socket is created,
 * or to anything later.
 *
 * A closed window is probed as Linux does it, in all profiles: by a segment like a keepalive probe,
 * first after the retransmission timeout and then at intervals that double. A stock socket of ns-3
 * answers it only if it has an octet (GarbageOctet).
 */
class TcpTimeoutSocket : public TcpEndingSocket
{
  public:
    ~TcpTimeoutSocket() override;

    // inherited from Socket
    int Connect(const Address& address) override;
    int Send(Ptr<Packet> packet, uint32_t flags) override;
    using Socket::Recv; // TcpSocketBase hides these
    using Socket::Send;

  protected:
    /// Create a socket without a connection, with the profile "linux".
    TcpTimeoutSocket();

    /**
     * @brief Create the socket of an accepted connection.
     * @param socket the one that listens; its settings are taken over
     */
    TcpTimeoutSocket(const TcpTimeoutSocket& socket);

    /**
     * @brief Choose what stack this is.
     * @param name name of a profile
     * @return false, and no change, if there is none of that name
     */
    bool SetProfile(std::string name);

    /**
     * @brief What stack this is.
     * @return name of the profile
     */
    std::string GetProfileName() const;

    /**
     * @brief What stack this is.
     * @return the profile
     */
    const TcpKeepaliveProfile& GetProfile() const;

    /**
     * @brief Set the user timeout.
     * @param timeout time that data may stay unacknowledged; zero for no such limit
     */
    void SetUserTimeout(Time timeout);

    /**
     * @brief The user timeout.
     * @return the time, zero for none
     */
    Time GetUserTimeout() const;

    /**
     * @brief Set the bounds of the retransmission timeout.
     * @param timeout least timeout; zero for what the profile says
     */
    void SetRtoMin(Time timeout);
    Time GetRtoMin() const; //!< @return the least retransmission timeout

    /**
     * @brief Set the bounds of the retransmission timeout.
     * @param timeout greatest timeout; zero for what the profile says
     */
    void SetRtoMax(Time timeout);
    Time GetRtoMax() const; //!< @return the greatest retransmission timeout

    /// Profile or user timeout changed: take what is of interest.
    virtual void HandleSettings() = 0;

    /// Send a segment that calls for an answer, whatever the window: of keepalive and window.
    virtual void SendWindowProbe() = 0;

    /**
     * @brief Let TcpSocketBase process a segment of a connection, and see to the timers after.
     * @param packet the segment, from its TCP header on
     * @param from its source
     * @param to its destination
     */
    void ProcessSegment(Ptr<Packet> packet, const Address& from, const Address& to);

    /// The peer answers: its window may stay closed for as long as it likes.
    void HandleWindowLife();

    // inherited from TcpEndingSocket
    void HandleEstablished() override;
    void HandleEnded() override;
    Time GetFinTimeout() const override;

    // inherited from TcpSocketBase
    void NotifyConstructionCompleted() override;
    void SetDataRetries(uint32_t retries) override;
    uint32_t GetDataRetries() const override;
    void SetConnTimeout(Time timeout) override;
    void SetSynRetries(uint32_t count) override;
    void CompleteFork(Ptr<Packet> packet,
                      const TcpHeader& header,
                      const Address& from,
                      const Address& to) override;
    void SendEmptyPacket(uint8_t flags) override;
    uint32_t SendDataPacket(SequenceNumber32 seq, uint32_t maxSize, bool withAck) override;
    void EstimateRtt(const TcpHeader& header) override;
    void NewAck(const SequenceNumber32& ack, bool resetRto) override;
    void ReTxTimeout() override;
    void LastAckTimeout() override;
    void PersistTimeout() override;

  private:
    /// Take the limits from profile and attributes.
    void ConfigureLimit();

    /**
     * @brief Whether a value for an attribute comes from the user, not from the defaults of ns-3.
     * @param value the value
     * @param ns3Default the default
     * @return true if it overrides the profile
     */
    template <class T>
    bool IsChosen(T value, T ns3Default) const;

    /// SYNs are repeated as the profile says, unless the user has said it.
    void SetConnectTimers();

    /**
     * @brief The retransmission timeout that the round-trip times measured call for.
     * @return the timeout, not backed off
     */
    Time ComputeRto() const;

    /**
     * @brief Whether something was sent and not acknowledged.
     * @return true if so
     */
    bool IsInFlight() const;

    /**
     * @brief Start the retransmission timer anew.
     * @param timeout time until it expires, unless the user timeout does before
     */
    void Rearm(Time timeout);

    /**
     * @brief Send the last segment once more, before any timeout is taken for a loss.
     * @return true if that was done, false if there is no need or it was done before
     */
    bool SendTailLossProbe();

    /**
     * @brief Send what is first in flight once more.
     * @param tail as a tail loss probe: nothing else follows from it
     */
    void Retransmit(bool tail);

    /**
     * @brief Whether TcpSocketBase would wait for ever: nothing is in flight, and what is to be
     *        sent does not fit the window, which is less than a segment.
     * @return true if so
     */
    bool IsWindowTooSmall() const;

    /// Send the first segment in flight once more.
    void SendFirst();

    /// Begin, end or go on with probing a closed window, as the last segment calls for.
    void UpdatePersist();

    const TcpKeepaliveProfile* m_profile; //!< what stack this is
    TcpRetransmissionLimit m_limit;       //!< when unacknowledged data ends the connection
    TcpWindowProbeLimit m_windowLimit;    //!< when a closed window does
    Time m_userTimeout;                   //!< user timeout, zero for none
    Time m_rtoMin;                        //!< least timeout, zero for the profile's
    Time m_rtoMax;                        //!< greatest timeout, zero for the profile's
    bool m_constructed{false};            //!< all attributes have their first values
    bool m_dataRetriesChosen{false};      //!< DataRetries overrides the profile
    bool m_connTimeoutChosen{false};      //!< ConnTimeout overrides it
    bool m_connCountChosen{false};        //!< ConnCount overrides it
    Time m_firstSent;                     //!< when what is in flight was first sent
    bool m_tailProbed{false};             //!< the tail loss probe was sent
    bool m_persisting{false};             //!< the peer's window is closed
    Time m_persistAt;                     //!< when the first probe of a small window is due
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_TIMEOUT_SOCKET_H */
