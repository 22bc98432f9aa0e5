/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_LAW_H
#define KEEPALIVE_NAT_LAW_H

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The closed form of a NAT binding that is refreshed periodically: how many losses it
 *        survives, and how long until loss alone ends it.
 *
 * A packet goes out every M; what reaches the NAT refreshes a binding that lives for B without one.
 * The binding is gone after k packets in a row that did not reach it: k = floor(B / M) if a packet
 * at exactly B still finds it, ceil(B / M) - 1 if not. So a binding of 30 s survives not a single
 * loss of keepalives every 20 s.
 *
 * Only losses before the NAT matter: what is lost beyond it has refreshed the binding. With
 * independent losses of probability p the packets are Bernoulli trials, and the binding is lost at
 * a run of k failures (LossRunLaw). If the run ends with trial number N, the last refresh was at
 * M*(N - k), the end comes at
 *
 *   T = M*(N - k) + B, mean M*(E[N] - k) + B.
 *
 * The next packet that gets through makes a new binding. Whether the peer accepts what comes from
 * there is another question: only an IKE or ESP packet tells it of a new port (RFC 7296 2.23).
 *
 * Free of ns-3: a law must not share code with what it judges.
 */
class NatLaw
{
  public:
    /// What becomes of a packet at exactly the lifetime.
    enum class Tie
    {
        KEPT, //!< it still finds the binding, and refreshes it
        LOST  //!< it comes too late
    };

    /**
     * @brief Describe keepalive and binding.
     * @param interval M, seconds; above 0
     * @param lifetime B, seconds; 0 or more
     * @param tie who wins
     */
    NatLaw(double interval, double lifetime, Tie tie = Tie::KEPT);

    /**
     * @brief How many packets in a row must be lost.
     * @return k; 0 if the binding never lives from one packet to the next
     */
    uint64_t GetLossesToEnd() const;

    /**
     * @brief Whether a binding survives.
     * @param losses packets lost in a row
     * @return true if it does
     */
    bool Survives(uint64_t losses) const;

    /**
     * @brief The mean time until the binding is lost for the first time.
     * @param loss probability p that a packet does not reach the NAT, 0 to 1, independently
     * @return seconds from a refresh; infinite if it is never lost
     */
    double GetMeanTimeToEnd(double loss) const;

    /**
     * @brief The variance of that time.
     * @param loss as above, above 0
     * @return seconds squared
     */
    double GetVarianceOfTimeToEnd(double loss) const;

    /**
     * @brief How likely it is that the binding has not been lost.
     * @param loss as above
     * @param time seconds since a refresh
     * @return the probability that it has existed for all of that time
     */
    double GetSurvival(double loss, double time) const;

    /**
     * @brief The mean time without a binding, until a packet of the same period makes another.
     * @param loss as above, below 1
     * @return seconds: (k + 1)*M - B + M*p / (1 - p)
     */
    double GetMeanOutage(double loss) const;

    /**
     * @brief The mean time from one loss of the binding to the next.
     * @param loss as above, below 1
     * @return seconds: M / ((1 - p) p^k), the sum of the means of life and outage
     */
    double GetMeanTimeBetweenEnds(double loss) const;

    /**
     * @brief The longest interval with which a binding survives losses.
     * @param lifetime B, seconds
     * @param losses packets lost in a row
     * @return seconds: B / (losses + 1), which itself will do only if ties are KEPT
     */
    static double GetLongestInterval(double lifetime, uint64_t losses);

    /**
     * @brief The lifetime of a binding that it takes to survive losses.
     * @param interval M, seconds
     * @param losses packets lost in a row
     * @return seconds: M * (losses + 1), which itself will do only if ties are KEPT
     */
    static double GetShortestLifetime(double interval, uint64_t losses);

  private:
    double m_interval; //!< M
    double m_lifetime; //!< B
    uint64_t m_losses; //!< k
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_LAW_H */
