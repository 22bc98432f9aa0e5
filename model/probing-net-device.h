/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PROBING_NET_DEVICE_H
#define KEEPALIVE_PROBING_NET_DEVICE_H

#include "keepalive-net-device.h"
#include "keepalive-process.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A KeepaliveNetDevice whose line protocol is decided by probes and their replies.
 *
 * What GRE tunnels, PPP links and Ethernet loopback keepalives configure alike: an interval, a
 * number of retries and a rule. Subclasses send the probes, recognise the replies and offer the
 * rules of their mechanism as their attribute VerdictRule.
 */
class ProbingNetDevice : public KeepaliveNetDevice, protected KeepaliveProcess::Owner
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    ~ProbingNetDevice() override;

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
     * @brief Keepalives sent since the last one came back, as the console prints it.
     * @return the count
     */
    uint32_t GetKeepaliveCount() const;

    /**
     * @brief Fix the random streams: start phase and jitter of the keepalives.
     * @param stream first stream number to use
     * @return how many were used
     */
    virtual int64_t AssignStreams(int64_t stream);

    // inherited from KeepaliveNetDevice
    void SetControlPlaneStalled(bool stalled) override;

  protected:
    /**
     * @brief Create an interface without keepalives.
     * @param mechanism name of the mechanism, such as "gre"
     * @param name its name on a console until it is given another one
     */
    ProbingNetDevice(const std::string& mechanism, const char* name);

    /**
     * @brief Add the attributes of the keepalives to a subclass's type, with its own defaults.
     *
     * Mechanisms differ in their defaults, and the attribute system knows no other way to say so.
     *
     * @param tid the type of the subclass, with its parent set
     * @param interval default of KeepaliveInterval; zero for off
     * @param retries default of KeepaliveRetries
     * @return the type
     */
    static TypeId AddKeepaliveAttributes(TypeId tid, Time interval, uint32_t retries);

    /**
     * @brief Add the attribute VerdictRule with the rules of the vendors of GRE keepalives.
     * @param tid the type of the subclass
     * @return the type
     */
    static TypeId AddVendorRules(TypeId tid);

    /**
     * @brief Choose the rule by which the keepalive process judges.
     * @param rule the rule
     */
    void SetProcessRule(KeepaliveProcess::VerdictRule rule);

    /**
     * @brief The rule by which the keepalive process judges.
     * @return the rule
     */
    KeepaliveProcess::VerdictRule GetProcessRule() const;

    /// The configuration changed: start the keepalive process over, trusting the peer.
    virtual void RestartKeepalive();

    void StartProtocol() override;
    void StopProtocol() override;
    void DoDispose() override;
    void HandleVerdict(LinkTransition transition, LineCause cause) override;

    /**
     * @brief The process that probes and judges, for the subclass to tell of replies.
     * @return the process
     */
    KeepaliveProcess& GetProcess();

  private:
    // accessors of attributes that act at once when set
    void SetKeepaliveInterval(Time interval);            //!< @param interval T
    Time GetKeepaliveInterval() const;                   //!< @return T
    void SetKeepaliveRetries(uint32_t retries);          //!< @param retries R
    uint32_t GetKeepaliveRetries() const;                //!< @return R
    void SetUpCount(uint32_t upCount);                   //!< @param upCount answered in a row
    uint32_t GetUpCount() const;                         //!< @return answered in a row
    void SetHoldTime(Time holdTime);                     //!< @param holdTime silence
    Time GetHoldTime() const;                            //!< @return silence allowed
    void SetStartPhase(Ptr<RandomVariableStream> phase); //!< @param phase first share
    Ptr<RandomVariableStream> GetStartPhase() const;     //!< @return first share
    void SetJitter(Ptr<RandomVariableStream> jitter);    //!< @param jitter gap factor
    Ptr<RandomVariableStream> GetJitter() const;         //!< @return gap factor

    KeepaliveProcess m_process;         //!< clock and rule of the keepalives
    KeepaliveProcess::Config m_config;  //!< what is configured
    Ptr<RandomVariableStream> m_phase;  //!< share of the interval before the first keepalive
    Ptr<RandomVariableStream> m_jitter; //!< factor on the gaps, null for none
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PROBING_NET_DEVICE_H */
