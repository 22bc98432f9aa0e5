/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_POISSON_SOURCE_HELPER_H
#define KEEPALIVE_POISSON_SOURCE_HELPER_H

#include "ns3/address.h"
#include "ns3/application-container.h"
#include "ns3/attribute.h"
#include "ns3/node-container.h"
#include "ns3/object-factory.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Installs PoissonSource applications: cross-traffic that locks no phases.
 */
class PoissonSourceHelper
{
  public:
    /**
     * @brief Set where the packets go.
     * @param remote an InetSocketAddress
     */
    explicit PoissonSourceHelper(const Address& remote);

    /**
     * @brief Set an attribute of the applications installed from now on.
     * @param name name of the attribute of PoissonSource
     * @param value its value
     */
    void SetAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Install one application on each node.
     * @param nodes the nodes
     * @return the applications, in the order of the nodes
     */
    ApplicationContainer Install(const NodeContainer& nodes) const;

    /**
     * @brief Fix the random streams of Poisson sources; other applications are passed over.
     * @param applications the applications
     * @param stream first stream number to use
     * @return how many were used
     */
    static int64_t AssignStreams(const ApplicationContainer& applications, int64_t stream);

  private:
    ObjectFactory m_factory; //!< makes the applications
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_POISSON_SOURCE_HELPER_H */
