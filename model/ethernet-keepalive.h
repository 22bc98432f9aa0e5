/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_KEEPALIVE_H
#define KEEPALIVE_ETHERNET_KEEPALIVE_H

#include "drop-reason.h"
#include "ethernet-line.h"
#include "ethernet-loop-station.h"
#include "ethernet-ping.h"
#include "keepalive-process.h"

#include "ns3/traced-callback.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The "keepalive" of an Ethernet interface, on a NetDevice that exists already.
 *
 * The interface sends a frame to itself and waits to hear it. An Ethernet has many neighbours, so
 * that this shows nothing about any of them: it checks the interface's own transmitter, receiver
 * and medium, and no peer. What brings the frame back depends on the hardware, and is a choice:
 *
 * | Return             | heard back                                        | what it notices |
 * |--------------------|---------------------------------------------------|-----------------------|
 * | HalfDuplexMedium   | when the device has sent it, if its receiver is on | adapter and own cable
 * | | ControllerLoopback | at once if the device takes it, receiver on       | adapter alone | |
 * None               | never: full duplex                                | nothing, but loops    |
 *
 * It is not public what IOS counts as a miss on full duplex. With None nothing is therefore waited
 * for: misses do not count, and the line protocol never goes down for want of an answer.
 *
 * A keepalive that arrives from outside, on the port that sent it, has gone round a loop. A switch
 * then err-disables the port (%ETHCNTR-3-LOOP_BACK_DETECTED, %PM-4-ERR_DISABLE): it neither sends
 * nor hears until the operator shuts and enables it, or for the time ErrDisableRecovery, after
 * which it tries again. An EthernetSwitch forwards nothing on such a port. On another device it
 * is for those who follow this line protocol to stop using it.
 *
 * It also forwards frames for others as the Configuration Testing Protocol demands, which makes
 * the layer-2 ping: that does check a peer, its adapter and the path between.
 *
 * It is aggregated to its device, and lives as long.
 */
class EthernetKeepalive : public EthernetLine,
                          private KeepaliveProcess::Owner,
                          private EthernetLoopStation::Owner
{
  public:
    /**
     * @brief What brings a keepalive back to the interface that sent it.
     *
     * A plain enum because the attribute system before ns-3.41 takes no other.
     */
    enum Return
    {
        HALF_DUPLEX_MEDIUM,  //!< the interface hears what it sends on the cable
        CONTROLLER_LOOPBACK, //!< the controller hands it back, and the cable does not matter
        NONE                 //!< nothing: full duplex
    };

    /// What it has done so far.
    struct Counters
    {
        uint64_t keepalivesSent{0};  //!< keepalives that the device took
        uint64_t keepalivesHeard{0}; //!< keepalives that came back, one way or the other
        uint64_t loops{0};           //!< keepalives that came back from outside
        uint64_t errDisables{0};     //!< times that the port was err-disabled for it
        uint64_t forwarded{0};       //!< frames forwarded for others
        uint64_t drops{0};           //!< frames that went no further, both ways
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    EthernetKeepalive();
    ~EthernetKeepalive() override;

    EthernetKeepalive(const EthernetKeepalive&) = delete;
    EthernetKeepalive& operator=(const EthernetKeepalive&) = delete;

    /**
     * @brief Watch a device, from its initialization on. May be called once.
     *
     * Aborts if the device belongs to no node, has no MAC address, cannot SendFrom, or is watched
     * already.
     *
     * @param device the device, such as a CsmaNetDevice
     */
    void Attach(Ptr<NetDevice> device);

    /**
     * @brief The "keepalive" command. Takes effect at once, with a fresh random phase.
     * @param interval time between keepalives; zero switches them off
     * @param retries unanswered keepalives that bring the line protocol down; 1 or more
     */
    void SetKeepalive(Time interval, uint32_t retries);

    /**
     * @brief The keepalive configuration.
     * @return what is configured
     */
    const KeepaliveProcess::Config& GetKeepalive() const;

    /**
     * @brief Keepalives sent since the last one came back, as a console prints it.
     * @return the count; 0 if Return is None, since then none is waited for
     */
    uint32_t GetKeepaliveCount() const;

    /**
     * @brief What it has done so far.
     * @return the counters
     */
    const Counters& GetCounters() const;

    /**
     * @brief A layer-2 ping: ask another station to send the frame back.
     * @param peer the station
     * @param dataSize bytes of data in the Reply; 40 as in the capture tcpdump-tests-loopback
     * @return its receipt number; none if it could not be sent, which Drop tells of
     */
    std::optional<uint16_t> Ping(Mac48Address peer, uint32_t dataSize = 40);

    /**
     * @brief A layer-2 ping through several stations, each of which forwards it to the next.
     * @param route the stations in order, at least one, and none of them a group
     * @param dataSize bytes of data in the Reply
     * @return as Ping
     */
    std::optional<uint16_t> PingVia(const std::vector<Mac48Address>& route, uint32_t dataSize = 40);

    /**
     * @brief Fix the random streams: start phase and jitter of the keepalives.
     * @param stream first stream number to use
     * @return how many were used
     */
    int64_t AssignStreams(int64_t stream);

    // inherited from NodePart
    void SetControlPlaneStalled(bool stalled) override;

    /**
     * @brief Signature of the KeepaliveTx and KeepaliveRx trace sources.
     * @param keepalive the frame with its MAC header
     * @param counter keepalives sent since the last one came back: after this one was counted when
     *        sent, before it is reset when heard
     */
    typedef void (*KeepaliveTracedCallback)(Ptr<const Packet> keepalive, uint32_t counter);

  protected:
    // inherited from EthernetLine
    void StartProtocol() override;
    void StopProtocol() override;
    void ForgetState() override;
    void DoDispose() override;

  private:
    // inherited from KeepaliveProcess::Owner
    void SendProbe() override;
    void HandleVerdict(LinkTransition transition, LineCause cause) override;

    // inherited from EthernetLoopStation::Owner
    std::optional<DropReason> GetFault() const override;
    void HandleKeepaliveSent(Ptr<const Packet> frame) override;
    void HandleReply(Mac48Address source, uint16_t receiptNumber, Ptr<const Packet> frame) override;
    void HandleForwarded(Ptr<const Packet> frame) override;
    void HandleDrop(Ptr<const Packet> frame, DropReason reason) override;

    /**
     * @brief A keepalive was heard: evidence that the interface works.
     * @param frame the frame
     */
    void Hear(Ptr<const Packet> frame);

    /// The configuration changed: start the keepalive process over, trusting.
    void RestartKeepalive();

    /**
     * @brief Fire the Ping trace.
     * @param result what became of a ping
     */
    void ReportPing(const EthernetPingResult& result);

    // accessors of attributes that act at once when set
    void SetReturn(Return path);                         //!< @param path what brings it back
    Return GetReturn() const;                            //!< @return what brings it back
    void SetRule(KeepaliveProcess::VerdictRule rule);    //!< @param rule when the line goes down
    KeepaliveProcess::VerdictRule GetRule() const;       //!< @return when the line goes down
    void SetKeepaliveInterval(Time interval);            //!< @param interval T
    Time GetKeepaliveInterval() const;                   //!< @return T
    void SetKeepaliveRetries(uint32_t retries);          //!< @param retries R
    uint32_t GetKeepaliveRetries() const;                //!< @return R
    void SetUpCount(uint32_t upCount);                   //!< @param upCount heard in a row
    uint32_t GetUpCount() const;                         //!< @return heard in a row
    void SetHoldTime(Time holdTime);                     //!< @param holdTime silence
    Time GetHoldTime() const;                            //!< @return silence allowed
    void SetStartPhase(Ptr<RandomVariableStream> phase); //!< @param phase first share
    Ptr<RandomVariableStream> GetStartPhase() const;     //!< @return first share
    void SetJitter(Ptr<RandomVariableStream> jitter);    //!< @param jitter gap factor
    Ptr<RandomVariableStream> GetJitter() const;         //!< @return gap factor

    KeepaliveProcess m_process;          //!< clock and rule of the keepalives
    KeepaliveProcess::Config m_config;   //!< what is configured
    EthernetLoopStation m_station;       //!< the frames
    EthernetPing m_ping;                 //!< the layer-2 pings
    Return m_return{HALF_DUPLEX_MEDIUM}; //!< what brings a keepalive back
    bool m_loopDetection{true};          //!< a loop err-disables the port
    Time m_pingTimeout;                  //!< how long a ping is waited for
    Ptr<RandomVariableStream> m_phase;   //!< share of the interval before the first keepalive
    Ptr<RandomVariableStream> m_jitter;  //!< factor on the gaps, null for none
    Counters m_counters;                 //!< what happened so far

    TracedCallback<Ptr<const Packet>, uint32_t> m_keepaliveTxTrace; //!< keepalive about to be sent
    TracedCallback<Ptr<const Packet>, uint32_t> m_keepaliveRxTrace; //!< keepalive heard
    TracedCallback<Ptr<const Packet>> m_loopTrace;                  //!< keepalive from outside
    TracedCallback<Ptr<const Packet>> m_forwardTrace;               //!< frame forwarded
    TracedCallback<Ptr<const Packet>, DropReason> m_dropTrace;      //!< frame went no further
    TracedCallback<const EthernetPingResult&> m_pingTrace;          //!< a ping is over
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_KEEPALIVE_H */
