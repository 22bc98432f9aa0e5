/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_RECORD_H
#define KEEPALIVE_SWEEP_RECORD_H

#include "ns3/experiment-result.h"

#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @brief An ExperimentResult as bytes (CBOR, RFC 8949), for the way from a worker to the writer.
 *
 * Everything in a result is a whole number, a truth value or a text, so that what is read is what
 * was written, bit for bit.
 */
class SweepRecord
{
  public:
    /**
     * @brief Write a result.
     * @param result the result
     * @return the bytes
     */
    static std::string ToBytes(const ExperimentResult& result);

    /**
     * @brief Read what ToBytes wrote.
     * @param bytes the bytes
     * @return the result
     * @throw std::runtime_error if that is not what they are
     */
    static ExperimentResult FromBytes(const std::string& bytes);
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_RECORD_H */
