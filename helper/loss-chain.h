/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_LOSS_CHAIN_H
#define KEEPALIVE_LOSS_CHAIN_H

#include <cstddef>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What decides whether trials fail: a finite chain, in which a trial that begins in state i
 *        fails and ends in state j with probability F(i,j), or succeeds and ends there with S(i,j).
 *
 * From every state there is a way to one class of states that is never left. State 0 is the one in
 * which all is good. Free of ns-3: a law must not share code with what it judges.
 */
struct LossChain
{
    /// Gilbert's and Elliott's channel. At every packet the state moves first, then the packet is
    /// lost with the probability of the state it moved to.
    struct Channel
    {
        double goodToBad{0}; //!< p
        double badToGood{1}; //!< r; above 0 if p is
        double lossGood{0};  //!< e_G
        double lossBad{1};   //!< e_B

        /**
         * @brief The mean loss.
         * @return the share of packets that are lost in the long run
         */
        double GetLoss() const;

        /**
         * @brief The channel that loses packets in bursts.
         * @param loss its mean loss, below burst / (1 + burst)
         * @param burst mean length of a burst, packets; 1 or more
         * @return r = 1 / burst, p = loss / (burst (1 - loss)), e_G = 0, e_B = 1
         */
        static Channel OfBursts(double loss, double burst);

        /**
         * @brief A channel that is good and bad in turn, for exponential times, seen by packets at
         *        equal distances.
         * @param goodTime mean time in which no packet is lost, above 0
         * @param badTime mean time in which every packet is lost, above 0, same unit
         * @param interval time between packets, same unit
         * @return p = pi_B (1 - x), r = pi_G (1 - x) with x = exp(-(1/goodTime + 1/badTime)
         *         interval)
         */
        static Channel OfOutages(double goodTime, double badTime, double interval);
    };

    /// Matrix by rows.
    using Matrix = std::vector<std::vector<double>>;

    Matrix fail;    //!< F: from state i, the trial fails and ends in state j
    Matrix succeed; //!< S: from state i, the trial succeeds and ends in state j

    /**
     * @brief Independent trials: one state.
     * @param loss probability that a trial fails, 0 to 1
     * @return the chain
     */
    static LossChain OfTrials(double loss);

    /**
     * @brief One packet each trial. State 0 is good, state 1 bad.
     * @param channel what may lose it
     * @return the chain
     */
    static LossChain OfPackets(const Channel& channel);

    /**
     * @brief A request and its answer each trial; if the request is lost no answer is sent, so
     *        that the channel back does not move. State 0 is good there and back, 1 bad back
     *        only, 2 bad there only, 3 bad.
     * @param there what may lose the request
     * @param back what may lose the answer
     * @return the chain
     */
    static LossChain OfRoundTrips(const Channel& there, const Channel& back);

    /**
     * @brief Likewise, but between two trials of one end the other end has one of its own,
     *        through the same channels the other way round. The states are the same.
     * @param there what may lose the request of this end, and the answer to the other one
     * @param back what may lose the answer, and the request of the other end
     * @return the chain of this end's trials
     */
    static LossChain OfMutualRoundTrips(const Channel& there, const Channel& back);
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_LOSS_CHAIN_H */
